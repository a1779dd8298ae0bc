#pragma once

#include "jobs/service/backup_rows.hpp"
#include "jobs/service/work.hpp"
#include "stores/store.hpp"

/// A server that dies between a backup's manifest and its row leaves a backup that nobody knows.
/// The next run of the same plan and database finds it where the dead run said it would store.
namespace ds::jobs {

/// How a place stands in a run's row.
std::string text_of(const archive::Place& place);

/// Enters what dead runs of this plan and database had completed into the catalog. The outcome is
/// that of `order` when an earlier attempt of it is among them: then there is nothing left to do.
/// `opened` are the ground's stores, in its order.
Result<std::optional<Outcome>> adopt_orphans(
    const Office& office, const model::Run& order, const BackupGround& ground,
    const std::vector<std::unique_ptr<stores::Store>>& opened);

}  // namespace ds::jobs
