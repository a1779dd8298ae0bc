#include "archive/layout.hpp"
#include "engines/all.hpp"
#include "jobs/restore.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {
namespace {

struct Ground {
    ChosenCopy copy;
    model::Server server;
    std::vector<model::Key> keys;
};

Result<Ground> read_ground(catalog::Session& session, const model::Run& order) {
    Ground ground;
    DS_TRY(ground.copy,
           choose_copy(session, order.organization, order.order.backup, order.order.store));
    DS_TRY(ground.server,
           catalog::servers.get(session, order.organization, order.order.into_server));
    DS_TRY(ground.keys,
           catalog::keys.select(session, "WHERE organization = ?", {order.organization}));
    return ground;
}

}  // namespace

Result<Outcome> restore_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto ground, office.catalog.read([&](catalog::Session& session) {
        return read_ground(session, order);
    }));
    DS_TRY(const auto store, open_store(office, ground.copy.store, run));
    RestoreOrder restore_order;
    DS_TRY(restore_order.restore.into,
           database_url(office, ground.server, order.order.into_database));
    restore_order.restore.tool_dirs = tool_dirs_of(office, ground.server);
    restore_order.restore.tables = order.order.tables;
    restore_order.restore.replace = order.order.replace;
    DS_TRY(restore_order.identities, identities_of(office, ground.keys));
    const archive::Place place{ground.copy.backup.source_id, ground.copy.backup.id};
    DS_TRY(const auto stored, archive::read_stored(*store, place));
    DS_TRY(const auto outcome, restore(restore_order, *store, stored, run));
    for (const auto& note : outcome.report.notes) run.progress.warn(note);
    return Outcome{};
}

}  // namespace ds::jobs
