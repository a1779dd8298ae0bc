#pragma once

#include "jobs/backup.hpp"
#include "jobs/service/office.hpp"
#include "stores/store.hpp"

namespace ds::jobs {

/// All rows that a backup stands on, read in one view.
struct BackupGround {
    model::Plan plan;
    model::Database database;
    model::Server server;
    std::vector<model::Store> stores;  // those that are not paused
    std::vector<model::Key> keys;
};
/// Code::invalid when there is no store, or no key where there must be one.
Status check_ground(const BackupGround& ground);

/// The ground's stores, in its order.
using OpenedStores = std::vector<std::unique_ptr<stores::Store>>;
Result<OpenedStores> open_stores(const Office& office, const BackupGround& ground,
                                 const sys::Run& run);

/// A backup that exists in at least one store, and the rows that say so.
struct TakenBackup {
    model::Backup row;
    std::vector<model::Copy> copies;
    std::string missing;  // the copies that failed, and why
};
Result<TakenBackup> take_backup(const Office& office, const model::Run& order,
                                const BackupGround& ground, const OpenedStores& opened,
                                const sys::Run& run);
/// `report.copies` are in the order of `ground.stores`.
TakenBackup rows_of(const Office& office, const model::Run& order, const BackupGround& ground,
                    const BackupReport& report);
Status record(catalog::Session& session, const TakenBackup& taken);

}  // namespace ds::jobs
