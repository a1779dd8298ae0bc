#include "jobs/service/backup_rows.hpp"

#include "archive/manifest.hpp"
#include "crypto/sha256.hpp"

namespace ds::jobs {
namespace {

model::Backup backup_row(const Office& office, const model::Run& order, const BackupGround& ground,
                         const archive::Manifest& manifest) {
    model::Backup row;
    catalog::begin_record(row, order.organization, office.now());
    row.id = manifest.id;
    row.name = manifest.name;
    row.database = ground.database.id;
    row.plan = ground.plan.id;
    row.run = order.id;
    row.engine = manifest.engine;
    row.method = manifest.method;
    row.source_id = manifest.source;
    row.trigger = boost::describe::enum_to_string(order.trigger, "");
    row.taken = manifest.started;
    row.finished = manifest.finished;
    row.plain_bytes = manifest.plain_bytes();
    row.stored_bytes = manifest.stored_bytes();
    row.tables = manifest.summary.tables;
    row.rows = manifest.summary.rows;
    row.server_version = manifest.summary.server_version;
    row.tool_version = manifest.summary.tool_version;
    row.compression = ground.plan.compression;
    row.recipients = manifest.recipients;
    row.manifest_sha256 = crypto::sha256_hex(view_of(archive::write_manifest(manifest)));
    row.labels = ground.plan.labels;
    for (const auto& [name, value] : ground.database.labels) row.labels[name] = value;
    return row;
}

}  // namespace

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
    if (ground.stores.empty())
        return fail(Code::invalid, "the plan has no store that is not paused",
                    "Give the plan a destination, or resume its store.");
    if (ground.plan.encrypted && ground.keys.empty())
        return fail(Code::invalid, "the plan encrypts, but names no key",
                    "Add a key to the plan, or switch its encryption off.");
    return ground;
}

BackupRows rows_of(const Office& office, const model::Run& order, const BackupGround& ground,
                   const BackupReport& report) {
    BackupRows rows{backup_row(office, order, ground, report.manifest),
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

Status record(catalog::Session& session, const BackupRows& rows) {
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

}  // namespace ds::jobs
