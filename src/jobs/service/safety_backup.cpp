#include "jobs/service/safety_backup.hpp"

#include <algorithm>

namespace ds::jobs {
namespace {

Result<model::Database> target_database(catalog::Session& session, const model::Run& restore,
                                        catalog::Time now) {
    DS_TRY(auto found,
           catalog::databases.select(
               session, "WHERE organization = ? AND server = ? AND name = ?",
               {restore.organization, restore.order.into_server, restore.order.into_database}));
    if (!found.empty()) return std::move(found.front());
    model::Database database;
    catalog::begin_record(database, restore.organization, now);
    database.server = restore.order.into_server;
    database.name = restore.order.into_database;
    database.archived = true;
    database.notes = "Entered for the backup that a restore took of it.";
    DS_DO(catalog::databases.insert(session, database));
    return database;
}

/// The plan of the backup, or what can be said of one from the backup itself.
Result<model::Plan> plan_of(catalog::Session& session, const model::Backup& restored) {
    DS_TRY(const auto plan, catalog::plans.find(session, restored.organization, restored.plan));
    if (plan) return *plan;
    model::Plan made;
    made.encrypted = !restored.recipients.empty();
    DS_TRY(const auto copies,
           catalog::copies.select(
               session, "WHERE organization = ? AND backup = ? AND state = 'complete' ORDER BY id",
               {restored.organization, restored.id}));
    for (const auto& copy : copies) made.destinations.push_back({copy.store, {}});
    return made;
}

Result<std::vector<model::Key>> keys_of(catalog::Session& session, const model::Plan& plan,
                                        const model::Backup& restored) {
    std::vector<model::Key> keys;
    for (const auto& id : plan.keys) {
        DS_TRY(auto key, catalog::keys.get(session, restored.organization, id));
        keys.push_back(std::move(key));
    }
    if (!keys.empty()) return keys;
    for (const auto& recipient : restored.recipients) {
        model::Key key;
        key.recipient = recipient;
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<BackupGround> read_ground(catalog::Session& session, const model::Run& restore,
                                 const model::Backup& restored) {
    BackupGround ground;
    const auto& tenant = restore.organization;
    DS_TRY(ground.server, catalog::servers.get(session, tenant, restore.order.into_server));
    DS_TRY(ground.plan, plan_of(session, restored));
    DS_TRY(ground.keys, keys_of(session, ground.plan, restored));
    for (const auto& destination : ground.plan.destinations) {
        DS_TRY(auto store, catalog::stores.get(session, tenant, destination.store));
        if (!store.paused) ground.stores.push_back(std::move(store));
    }
    DS_DO(check_ground(ground));
    return ground;
}

}  // namespace

Status check_safety_backup(catalog::Session& session, const model::Run& restore,
                           const model::Backup& restored) {
    const auto ground = read_ground(session, restore, restored);
    return ground ? Status{} : Status{ground.error()};
}

Result<model::Backup> take_safety_backup(const Office& office, const model::Run& restore,
                                         const model::Backup& restored, const sys::Run& run) {
    DS_TRY(const auto ground,
           office.catalog.write([&](catalog::Session& session) -> Result<BackupGround> {
               DS_TRY(auto read, read_ground(session, restore, restored));
               DS_TRY(read.database, target_database(session, restore, office.now()));
               return read;
           }));
    auto order = restore;
    order.trigger = model::Trigger::safety;
    DS_TRY(const auto opened, open_stores(office, ground, run));
    DS_TRY(auto taken, take_backup(office, order, ground, opened, run));
    const std::chrono::hours way_back{restore.order.keep_old_hours};
    taken.row.locked_until = rfc3339(office.now() + std::max(way_back, safety_stays));
    // Before anything is touched: whatever becomes of the restore, it can be found.
    DS_DO(office.catalog.write([&](catalog::Session& session) { return record(session, taken); }));
    if (!taken.missing.empty())
        run.progress.warn("the safety backup did not reach " + taken.missing);
    return taken.row;
}

}  // namespace ds::jobs
