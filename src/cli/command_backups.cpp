#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/remote_backups.hpp"
#include "cli/rows.hpp"
#include "cli/told.hpp"
#include "cli/watching.hpp"
#include "model/backup_record.hpp"

namespace ds::cli {
namespace {

constexpr std::size_t copies_max = 1000;

struct BackupRow {
    std::string id, name, database, plan, taken;
    std::uint64_t plain_bytes = 0, stored_bytes = 0, tables = 0, rows = 0;
    std::string server_version;
    model::Proof proof;
    bool quarantined = false;
    bool pinned = false;
    std::string locked_until;
};
BOOST_DESCRIBE_STRUCT(BackupRow, (),
                      (id, name, database, plan, taken, plain_bytes, stored_bytes, tables, rows,
                       server_version, proof, quarantined, pinned, locked_until))

struct CopyRow {
    std::string store;
    model::CopyState state = model::CopyState::complete;
    bool damaged = false;
    std::uint64_t stored_bytes = 0;
    std::string error, remove_after, reason;
};
BOOST_DESCRIBE_STRUCT(CopyRow, (),
                      (store, state, damaged, stored_bytes, error, remove_after, reason))

std::string proof_of(const BackupRow& backup) {
    const auto& proof = backup.proof;
    if (backup.quarantined) return "quarantined";
    if (proof.damaged) return "a copy is damaged";
    return proof.level == 0 ? "-" : fmt::format("level {}", proof.level);
}

/// "2026-11-01" is its first second in UTC.
std::string moment_of(const std::string& typed) {
    return typed.find('T') == std::string::npos ? typed + "T00:00:00Z" : typed;
}

Result<net::Fields> filter_of(const RowsOptions& options, Remote& remote) {
    net::Fields query{{"sort", "-id"}};
    const auto of_row = [&](const std::string& list, const std::string& field,
                            const std::string& name) -> Status {
        if (name.empty()) return {};
        DS_TRY(const auto row, remote.find(list, name));
        query.emplace_back(field, text_in(row, "id"));
        return {};
    };
    DS_DO(of_row("databases", "database", options.database));
    DS_DO(of_row("plans", "plan", options.plan));
    for (const auto& label : options.labels) query.emplace_back("label", label);
    if (!options.search.empty()) query.emplace_back("q", options.search);
    if (!options.since.empty()) query.emplace_back("taken.gte", moment_of(options.since));
    if (!options.until.empty()) query.emplace_back("taken.lt", moment_of(options.until));
    if (options.pinned) query.emplace_back("pinned", "true");
    return query;
}

Status list_backups(const RowsOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto query, filter_of(options, *remote));
    DS_TRY(const auto rows, remote->list("backups", query, options.rows_max));
    DS_TRY(const auto backups, rows_as<BackupRow>(rows.items));
    DS_TRY(const auto names, remote->names("databases"));
    Table table{{{"NAME", "DATABASE", "TAKEN", "SIZE", "STORED", "PROOF", "PINNED"}},
                {false, false, false, true, true, false, false}};
    for (const auto& one : backups) {
        table.rows.push_back({one.name, names.of(one.database), one.taken,
                              human_bytes(one.plain_bytes), human_bytes(one.stored_bytes),
                              proof_of(one), one.pinned ? "yes" : "no"});
    }
    tell_rows(session.console, options.format, "backups", rows, table);
    return {};
}

void tell(const BackupRow& backup, const std::string& database, const Console& console) {
    console.line(console.bold(backup.name));
    console.line("  id        " + backup.id);
    console.line(fmt::format("  database  {}, PostgreSQL {}", database,
                             printable(backup.server_version, 60)));
    console.line("  taken     " + backup.taken);
    console.line(fmt::format("  contents  {} tables, {} rows, {}", human_count(backup.tables),
                             human_count(backup.rows), human_bytes(backup.plain_bytes)));
    const auto& proof = backup.proof;
    console.line(proof.level == 0 && !proof.damaged ? "  proof     not tried"
                 : proof.damaged
                     ? fmt::format("  proof     {}: {}", console.bad("damaged"),
                                   printable(proof.detail, 1000))
                     : fmt::format("  proof     {}, at {}",
                                   level_name(static_cast<int>(proof.level)), proof.at));
    if (backup.quarantined) console.line("  state     " + console.bad("in quarantine"));
    if (backup.pinned) console.line("  pinned    yes");
    if (!backup.locked_until.empty()) console.line("  locked    until " + backup.locked_until);
}

void tell(const std::vector<CopyRow>& copies, const Names& stores, const Console& console) {
    std::vector<std::vector<std::string>> table{{"  STORE", "STATE", "STORED", ""}};
    for (const auto& copy : copies) {
        auto state = boost::describe::enum_to_string(copy.state, "unknown");
        const auto more = copy.damaged                 ? std::string{"damaged"}
                          : !copy.error.empty()        ? printable(copy.error)
                          : !copy.remove_after.empty() ? "goes after " + copy.remove_after
                                                       : std::string{};
        table.push_back(
            {"  " + stores.of(copy.store), state, human_bytes(copy.stored_bytes), more});
    }
    console.line();
    console.table(table, {false, false, true, false});
}

Status show_backup(const NamedOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto row, find_backup(*remote, options));
    DS_TRY(const auto backup, row_as<BackupRow>(row));
    DS_TRY(const auto rows, remote->list("copies", {{"backup", backup.id}}, copies_max));
    DS_TRY(const auto copies, rows_as<CopyRow>(rows.items));
    DS_TRY(const auto databases, remote->names("databases"));
    DS_TRY(const auto stores, remote->names("stores"));
    session.console.result(json::bj::object{{"backup", row}, {"copies", rows.items}});
    tell(backup, databases.of(backup.database), session.console);
    tell(copies, stores, session.console);
    return {};
}

Status pin_backup(const NamedOptions& options, bool pinned, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto found, find_backup(*remote, options));
    DS_TRY(const auto row, remote->patch("backups/" + text_in(found, "id"), {{"pinned", pinned}}));
    session.console.result(json::bj::object{{"backup", row}});
    session.console.line(text_in(row, "name") +
                         (pinned ? " stays until it is unpinned" : " is not pinned any more"));
    return {};
}

/// remove and keep: what happens to its copies is told.
Status decide(const NamedOptions& options, const std::string& what, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto found, find_backup(*remote, options));
    DS_TRY(const auto answer, remote->post("backups/" + text_in(found, "id") + "/" + what));
    session.console.result(answer.get_object());
    const auto name = text_in(found, "name");
    const auto after = text_in(answer, "remove_after");
    session.console.line(after.empty() ? name + " stays, and is pinned"
                                       : name + " goes after " + after +
                                             "; until then `dumpstation backups keep` saves it");
    return {};
}

}  // namespace

ExitStatus backups_list(const RowsOptions& options, const Session& session) {
    return session.end_with(list_backups(options, session));
}

ExitStatus backups_show(const NamedOptions& options, const Session& session) {
    return session.end_with(show_backup(options, session));
}

ExitStatus backups_verify(const ProofOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto remote = open_remote(session);
    if (!remote) return console.error(remote.error());
    const auto backup = find_backup(**remote, options.backup);
    if (!backup) return console.error(backup.error());
    const auto run = (*remote)->post("backups/" + text_in(*backup, "id") + "/verify",
                                     {{"level", options.level}});
    if (!run) return console.error(run.error());
    return tell_started(**remote, {text_in(*run, "id")}, options.backup.wait, session);
}

ExitStatus backups_pin(const NamedOptions& options, bool pinned, const Session& session) {
    return session.end_with(pin_backup(options, pinned, session));
}

ExitStatus backups_remove(const NamedOptions& options, const Session& session) {
    return session.end_with(decide(options, "remove", session));
}

ExitStatus backups_keep(const NamedOptions& options, const Session& session) {
    return session.end_with(decide(options, "keep", session));
}

}  // namespace ds::cli
