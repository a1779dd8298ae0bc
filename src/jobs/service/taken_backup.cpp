#include "jobs/service/taken_backup.hpp"

#include <fmt/format.h>

#include "catalog/backup_names.hpp"
#include "catalog/run_queue.hpp"
#include "engines/all.hpp"
#include "jobs/service/adoption.hpp"
#include "jobs/service/backup_row.hpp"
#include "jobs/service/opened.hpp"

namespace ds::jobs {
namespace {

model::Backup row_of(const Office& office, const model::Run& order, const BackupGround& ground,
                     const archive::Manifest& manifest) {
    auto row = backup_row(manifest, order.organization, office.now());
    row.database = ground.database.id;
    row.plan = ground.plan.id;
    row.run = order.id;
    row.trigger = boost::describe::enum_to_string(order.trigger, "");
    row.labels = ground.plan.labels;
    for (const auto& [name, value] : ground.database.labels) row.labels[name] = value;
    return row;
}

Result<BackupOrder> order_of(const Office& office, const model::Run& run,
                             const BackupGround& ground, const OpenedStores& stores) {
    BackupOrder order;
    DS_TRY(order.dump.url, database_url(office, ground.server, ground.database.name));
    order.dump.tool_dirs = tool_dirs_of(office, ground.server);
    DS_TRY(order.recipe.compression, codec::Compression::parse(ground.plan.compression));
    if (ground.plan.encrypted) {
        DS_TRY(order.recipe.recipients, recipients_of(ground.keys));
    }
    for (const auto& store : stores) order.stores.push_back(store.get());
    order.state = office.state;
    if (run.kind == model::RunKind::backup) {
        order.on_place = [&office, &run](const archive::Place& place) {
            return catalog::place_run(office.catalog, run, text_of(place));
        };
        order.may_end = [&office, &run] {
            return catalog::hold_run(office.catalog, run, office.now());
        };
    }
    return order;
}

}  // namespace

Status check_ground(const BackupGround& ground) {
    if (ground.stores.empty())
        return fail(Code::invalid, "the plan has no store that is not paused",
                    "Give the plan a destination, or resume its store.");
    if (ground.plan.encrypted && ground.keys.empty())
        return fail(Code::invalid, "the plan encrypts, but names no key",
                    "Add a key to the plan, or switch its encryption off.");
    return {};
}

Result<OpenedStores> open_stores(const Office& office, const BackupGround& ground,
                                 const sys::Run& run) {
    OpenedStores opened;
    for (const auto& store : ground.stores) {
        DS_TRY(auto one, open_store(office, store, run));
        opened.push_back(std::move(one));
    }
    return opened;
}

Result<TakenBackup> take_backup(const Office& office, const model::Run& order,
                                const BackupGround& ground, const OpenedStores& opened,
                                const sys::Run& run) {
    DS_TRY(const auto backup, order_of(office, order, ground, opened));
    DS_TRY(auto* engine, engines::engine_for_url(backup.dump.url.reveal()));
    DS_TRY(const auto report, back_up(backup, *engine, run));
    for (const auto& note : report.notes) run.progress.warn(note);
    return rows_of(office, order, ground, report);
}

TakenBackup rows_of(const Office& office, const model::Run& order, const BackupGround& ground,
                    const BackupReport& report) {
    TakenBackup taken;
    taken.row = row_of(office, order, ground, report.manifest);
    std::vector<std::string> missing;
    for (std::size_t at = 0; at < report.copies.size(); ++at) {
        const auto& made = report.copies[at];
        model::Copy copy;
        catalog::begin_record(copy, order.organization, office.now());
        copy.backup = taken.row.id;
        copy.store = ground.stores.at(at).id;
        copy.stored_bytes = taken.row.stored_bytes;
        if (made.error) {
            copy.state = model::CopyState::failed;
            copy.stored_bytes = 0;
            copy.error = made.error->message();
            missing.push_back(made.location + ": " + copy.error);
        }
        taken.copies.push_back(std::move(copy));
    }
    taken.missing = join(missing, "; ");
    return taken;
}

Status record(catalog::Session& session, const TakenBackup& taken) {
    const auto& row = taken.row;
    DS_DO(catalog::insert_backup(session, row));
    for (const auto& copy : taken.copies) DS_DO(catalog::copies.insert(session, copy));
    DS_TRY([[maybe_unused]] const auto named,
           session.run("UPDATE databases SET source_id = ? WHERE organization = ? AND id = ?",
                       {row.source_id, row.organization, row.database}));
    return {};
}

}  // namespace ds::jobs
