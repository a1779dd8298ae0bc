#pragma once

#include "archive/writer.hpp"
#include "jobs/service/office.hpp"

namespace ds::jobs {

/// What one backup of an organization's catalog came to.
struct CatalogBackup {
    archive::Manifest manifest;
    std::vector<archive::Copy> copies;  // by store; one that failed says why
    std::uint64_t secrets_lost = 0;     // not opened by the master key, and left out
};

/// Writes all rows of an organization, as of one moment, to every store of it that is not paused:
/// a backup like those of databases, sealed to the organization's keys, so that from any one of the
/// stores and any one of the keys `rescue` rebuilds the server. Removes what is too old; never the
/// newest. Code::not_found: it has no store to write to; Code::invalid: no key to seal to.
Result<CatalogBackup> back_up_catalog(const Office& office, const std::string& organization,
                                      const sys::Run& run);

}  // namespace ds::jobs
