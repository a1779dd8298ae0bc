#include <fmt/format.h>

#include "catalog/run_queue.hpp"
#include "engines/all.hpp"
#include "jobs/service/adoption.hpp"
#include "jobs/service/opened.hpp"

namespace ds::jobs {
namespace {

Result<BackupOrder> order_of(const Office& office, const model::Run& run,
                             const BackupGround& ground,
                             const std::vector<std::unique_ptr<stores::Store>>& stores) {
    BackupOrder order;
    DS_TRY(order.dump.url, database_url(office, ground.server, ground.database.name));
    order.dump.tool_dirs = tool_dirs_of(office, ground.server);
    DS_TRY(order.recipe.compression, codec::Compression::parse(ground.plan.compression));
    if (ground.plan.encrypted) {
        DS_TRY(order.recipe.recipients, recipients_of(ground.keys));
    }
    for (const auto& store : stores) order.stores.push_back(store.get());
    order.state = office.state;
    order.on_place = [&office, &run](const archive::Place& place) {
        return catalog::place_run(office.catalog, run, text_of(place));
    };
    return order;
}

}  // namespace

Result<Outcome> backup_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto ground, office.catalog.read([&](catalog::Session& session) {
        return read_ground(session, order);
    }));
    std::vector<std::unique_ptr<stores::Store>> opened;
    for (const auto& store : ground.stores) {
        DS_TRY(auto one, open_store(office, store, run));
        opened.push_back(std::move(one));
    }
    DS_TRY(auto adopted, adopt_orphans(office, order, ground, opened));
    if (adopted) {
        run.progress.warn("an attempt before had completed the backup when its server died");
        return std::move(*adopted);
    }
    DS_TRY(const auto backup, order_of(office, order, ground, opened));
    DS_TRY(auto* engine, engines::engine_for_url(backup.dump.url.reveal()));
    DS_TRY(const auto report, back_up(backup, *engine, run));
    for (const auto& note : report.notes) run.progress.warn(note);

    Outcome outcome;
    outcome.backup = report.manifest.id;
    if (!report.everywhere()) {
        outcome.state = model::RunState::partly;
        outcome.error = missing_copies(report);
    }
    outcome.record = [rows = rows_of(office, order, ground, report)](catalog::Session& session) {
        return record(session, rows);
    };
    return outcome;
}

}  // namespace ds::jobs
