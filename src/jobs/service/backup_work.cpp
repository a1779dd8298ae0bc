#include "jobs/service/adoption.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {
namespace {

Result<BackupGround> read_ground(catalog::Session& session, const model::Run& order) {
    BackupGround ground;
    const auto& tenant = order.organization;
    DS_TRY(ground.plan, catalog::plans.get(session, tenant, order.plan));
    DS_TRY(ground.database, catalog::databases.get(session, tenant, order.database));
    DS_TRY(ground.server, catalog::servers.get(session, tenant, ground.database.server));
    for (const auto& destination : ground.plan.destinations) {
        DS_TRY(auto store, catalog::stores.get(session, tenant, destination.store));
        if (!store.paused) ground.stores.push_back(std::move(store));
    }
    for (const auto& id : ground.plan.keys) {
        DS_TRY(auto key, catalog::keys.get(session, tenant, id));
        ground.keys.push_back(std::move(key));
    }
    DS_DO(check_ground(ground));
    return ground;
}

Outcome outcome_of(const std::string& backup, const std::string& missing) {
    Outcome outcome;
    outcome.backup = backup;
    if (!missing.empty()) {
        outcome.state = model::RunState::partly;
        outcome.error = missing;
    }
    return outcome;
}

}  // namespace

Result<Outcome> backup_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto ground, office.catalog.read([&](catalog::Session& session) {
        return read_ground(session, order);
    }));
    DS_TRY(const auto opened, open_stores(office, ground, run));
    DS_TRY(const auto adopted, adopt_orphans(office, order, ground, opened));
    if (adopted) {
        run.progress.warn("an attempt before had completed the backup when its server died");
        return outcome_of(adopted->backup, adopted->missing);
    }
    DS_TRY(const auto taken, take_backup(office, order, ground, opened, run));
    auto outcome = outcome_of(taken.row.id, taken.missing);
    outcome.record = [taken](catalog::Session& session) { return record(session, taken); };
    return outcome;
}

}  // namespace ds::jobs
