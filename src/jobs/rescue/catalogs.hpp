#pragma once

#include "archive/shelf.hpp"
#include "catalog/portable/tables.hpp"
#include "catalog/vault.hpp"
#include "jobs/rescue/rescue.hpp"

namespace ds::jobs {

/// One backup of an organization's catalog, in one of the stores.
struct CatalogCopy {
    archive::Stored stored;
    stores::Store* store = nullptr;
};

/// Every copy there is by organization's source, the newest first. What cannot be read is told in
/// `damages`.
Result<std::map<std::string, std::vector<CatalogCopy>>> find_catalogs(
    const RescueOrder& order, const sys::Run& run, std::vector<std::string>& damages);

/// Fetches a copy, checks it byte for byte, and enters its rows into a new catalog in `scratch`,
/// which is brought up to this program's schema. Code::corrupt, Code::unauthenticated and the like
/// when this copy is no good; other errors when nobody knows.
Result<catalog::portable::Header> take_catalog(const CatalogCopy& copy, const RescueOrder& order,
                                               const catalog::Vault& vault,
                                               const sys::fs::path& scratch, const sys::Run& run);

}  // namespace ds::jobs
