#include <fmt/format.h>

#include "engines/all.hpp"
#include "jobs/backup.hpp"
#include "jobs/service/backup_row.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {
namespace {

/// All rows that a backup run stands on, read in one view.
struct Ground {
    model::Plan plan;
    model::Database database;
    model::Server server;
    std::vector<model::Store> stores;
    std::vector<model::Key> keys;
};

Result<Ground> read_ground(catalog::Session& session, const model::Run& order) {
    Ground ground;
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
    if (ground.stores.empty())
        return fail(Code::invalid, "the plan has no store that is not paused",
                    "Give the plan a destination, or resume its store.");
    if (ground.plan.encrypted && ground.keys.empty())
        return fail(Code::invalid, "the plan encrypts, but names no key",
                    "Add a key to the plan, or switch its encryption off.");
    return ground;
}

/// Of a backup that exists in at least one store.
struct Rows {
    model::Backup backup;
    std::vector<model::Copy> copies;
    std::string source_id;
    std::string database;
};

model::Backup row_of(const Office& office, const model::Run& order, const Ground& ground,
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

Rows rows_of(const Office& office, const model::Run& order, const Ground& ground,
             const BackupReport& report) {
    Rows rows{row_of(office, order, ground, report.manifest),
              {},
              report.manifest.source,
              ground.database.id};
    for (std::size_t at = 0; at < report.copies.size(); ++at) {
        model::Copy copy;
        catalog::begin_record(copy, order.organization, office.now());
        copy.backup = rows.backup.id;
        copy.store = ground.stores.at(at).id;
        copy.stored_bytes = rows.backup.stored_bytes;
        if (report.copies[at].error) {
            copy.state = model::CopyState::failed;
            copy.stored_bytes = 0;
            copy.error = report.copies[at].error->message();
        }
        rows.copies.push_back(std::move(copy));
    }
    return rows;
}

Status record(catalog::Session& session, const Rows& rows) {
    DS_DO(catalog::backups.insert(session, rows.backup));
    for (const auto& copy : rows.copies) DS_DO(catalog::copies.insert(session, copy));
    DS_TRY([[maybe_unused]] const auto named,
           session.run("UPDATE databases SET source_id = ? WHERE organization = ? AND id = ?",
                       {rows.source_id, rows.backup.organization, rows.database}));
    return {};
}

std::string missing_copies(const BackupReport& report) {
    std::vector<std::string> missing;
    for (const auto& copy : report.copies) {
        if (copy.error) missing.push_back(copy.location + ": " + copy.error->message());
    }
    return join(missing, "; ");
}

Result<BackupOrder> order_of(const Office& office, const Ground& ground,
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
    DS_TRY(const auto backup, order_of(office, ground, opened));
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
