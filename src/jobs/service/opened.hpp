#pragma once

#include <memory>

#include "crypto/age.hpp"
#include "jobs/service/office.hpp"
#include "stores/store.hpp"

/// Rows of the catalog turned into what the data path works with.
namespace ds::jobs {

/// The store behind a row, with its secrets; not contacted yet.
Result<std::unique_ptr<stores::Store>> open_store(const Office& office, const model::Store& store,
                                                  const sys::Run& run);

/// "postgres://user:password@host/database?…" for one database of a server. Its hosts are looked up
/// and checked here: Code::denied when one leads where servers of users must not be. A name with
/// one address stays with it.
Result<Secret> database_url(const Office& office, const model::Server& server,
                            const std::string& database);

/// Where client tools for a server are looked for: its own places first.
std::vector<std::string> tool_dirs_of(const Office& office, const model::Server& server);

Result<std::vector<crypto::Recipient>> recipients_of(const std::vector<model::Key>& keys);
/// Of those keys whose identity we hold.
Result<std::vector<crypto::Identity>> identities_of(const Office& office,
                                                    const std::vector<model::Key>& keys);

}  // namespace ds::jobs
