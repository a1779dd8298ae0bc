#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/stores.hpp"

namespace ds::cli {
namespace {

struct Listed {
    std::string name, id, database, engine, server_version, started;
    std::uint64_t plain_bytes = 0, stored_bytes = 0;
    bool sealed = false;
};
BOOST_DESCRIBE_STRUCT(Listed, (),
                      (name, id, database, engine, server_version, started, plain_bytes,
                       stored_bytes, sealed))

struct Damaged {
    std::string place, why;
};
BOOST_DESCRIBE_STRUCT(Damaged, (), (place, why))

void tell(const std::vector<Listed>& backups, const Console& console) {
    std::vector<std::vector<std::string>> rows{
        {"NAME", "DATABASE", "SERVER", "TAKEN", "SIZE", "STORED", "SEALED"}};
    for (const auto& b : backups) {
        rows.push_back({b.name, printable(b.database, 40),
                        b.engine + " " + printable(b.server_version, 20), b.started,
                        human_bytes(b.plain_bytes), human_bytes(b.stored_bytes),
                        b.sealed ? "yes" : "no"});
    }
    console.table(rows, {false, false, false, false, true, true, false});
}

}  // namespace

ExitStatus list(const ListOptions& options, const Session& session) {
    const auto& console = session.console;
    const sys::Run run{session.stop, sys::system_clock(), sys::no_progress()};
    const auto store = open_existing(options.store, run);
    if (!store) return console.error(store.error());
    const auto shelf = archive::read_shelf(**store, "", run);
    if (!shelf) return console.error(shelf.error());

    std::vector<Listed> backups;
    for (const auto& [place, m, sha, text] : shelf->backups) {
        backups.push_back({m.name, m.id, m.summary.database, m.engine, m.summary.server_version,
                           m.started, m.plain_bytes(), m.stored_bytes(), m.sealed()});
    }
    std::vector<Damaged> damaged;
    for (const auto& unreadable : shelf->unreadable)
        damaged.push_back({unreadable.place.prefix(), unreadable.why});
    console.result(json::bj::object{{"backups", json::to_value(backups)},
                                    {"damaged", json::to_value(damaged)}});
    if (backups.empty())
        console.line("no backups in " + (*store)->traits().location);
    else
        tell(backups, console);
    for (const auto& one : damaged)
        console.line(fmt::format("{} {}: {}", console.tick(false), one.place, printable(one.why)));
    return damaged.empty() ? ExitStatus::done : ExitStatus::damage;
}

ExitStatus show(const BackupChoice& choice, const Session& session) {
    const auto& console = session.console;
    const sys::Run run{session.stop, sys::system_clock(), sys::no_progress()};
    const auto chosen = choose(choice, run);
    if (!chosen) return console.error(chosen.error());
    const auto& m = chosen->backup.manifest;
    console.result(
        json::bj::object{{"backup", json::to_value(m)}, {"place", chosen->backup.place.prefix()}});
    console.line(console.bold(m.name));
    console.line("  database  " + printable(m.summary.database, 100));
    console.line(
        fmt::format("  server    {} {}", m.engine, printable(m.summary.server_version, 60)));
    console.line("  tool      " + printable(m.summary.tool_version, 100));
    console.line(fmt::format("  contents  {} tables, {} rows, {} on the server",
                             human_count(m.summary.tables), human_count(m.summary.rows),
                             human_bytes(m.summary.database_bytes)));
    console.line(fmt::format("  taken     {} to {}", m.started, m.finished));
    console.line(fmt::format("  number    {} of {}{}", m.sequence, m.source,
                             m.previous ? ", after " + m.previous->id : ""));
    console.line("  place     " + chosen->backup.place.prefix());
    console.line("  sealed to " + (m.sealed() ? printable(join(m.recipients, ", "), 1000)
                                              : std::string{"nobody: not encrypted"}));
    console.line("  signed by " + printable(m.signer, 100));
    for (const auto& note : m.summary.notes) console.line("  note      " + printable(note));
    console.line();
    std::vector<std::vector<std::string>> rows{
        {"  PART", "PLAIN", "STORED", "COMPRESSION", "OBJECT"}};
    for (const auto& part : m.parts) {
        rows.push_back({"  " + part.name, human_bytes(part.plain_bytes), human_bytes(part.bytes),
                        part.compression, part.object});
    }
    console.table(rows, {false, true, true, false, false});
    return ExitStatus::done;
}

}  // namespace ds::cli
