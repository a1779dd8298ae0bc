#pragma once

#include "jobs/service/office.hpp"

/// The way back from a restore that replaced a database. Its row is entered before the restore
/// begins: whenever a run is cut off, the server is asked what carries the mark.
namespace ds::jobs {

/// Enters what `order` will put aside, and the pruning that lets it go one day.
Result<model::Replacement> expect_replacement(catalog::Session& session, const model::Run& order,
                                              const std::string& server, const std::string& name,
                                              std::uint64_t keep_hours, catalog::Time now);
/// It was put aside; `kept_as` "" means that there was nothing to keep.
Status settle_replacement(catalog::Session& session, model::Replacement row,
                          const std::string& kept_as, catalog::Time now);

/// What `run` replaced. Code::not_found when it replaced nothing, Code::conflict when there is no
/// way back any more.
Result<model::Replacement> way_back_of(catalog::Session& session, const std::string& organization,
                                       const std::string& run, catalog::Time now);

/// Drops what was kept long enough, of one database's restores. Returns what holds it up.
Result<std::vector<std::string>> drop_due_replacements(const Office& office,
                                                       const model::Run& prune,
                                                       const sys::Run& run);

}  // namespace ds::jobs
