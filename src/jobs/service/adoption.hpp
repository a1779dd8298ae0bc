#pragma once

#include "jobs/service/taken_backup.hpp"

/// A server that dies between a backup's manifest and its row leaves a backup that nobody knows.
/// The next run of the same plan and database finds it where the dead run said it would store.
namespace ds::jobs {

/// How a place stands in a run's row.
std::string text_of(const archive::Place& place);

/// A backup that an earlier attempt had made.
struct Adopted {
    std::string backup;
    std::string missing;  // which copies, and why; "" = none
};

/// Enters what dead runs of this plan and database had completed into the catalog. Gives the one
/// that an earlier attempt of `order` made: then there is nothing left to do. What an attempt made
/// that was done again meanwhile is entered as condemned.
Result<std::optional<Adopted>> adopt_orphans(const Office& office, const model::Run& order,
                                             const BackupGround& ground,
                                             const OpenedStores& opened);

}  // namespace ds::jobs
