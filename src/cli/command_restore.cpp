#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/keys.hpp"
#include "cli/progress.hpp"
#include "cli/stores.hpp"
#include "jobs/restore.hpp"

namespace ds::cli {
namespace {

/// What an option says as OLD=NEW, several times.
Result<std::map<std::string, std::string>> map_of(const std::vector<std::string>& texts,
                                                  std::string_view option,
                                                  const std::string& example) {
    std::map<std::string, std::string> map;
    for (const auto& text : texts) {
        const auto at = text.find('=');
        if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
            return fail(Code::invalid,
                        fmt::format("{} '{}' is not OLD=NEW", option, printable(text, 100)),
                        example);
        }
        map[text.substr(0, at)] = text.substr(at + 1);
    }
    return map;
}

Status check_target(const RestoreOptions& options) {
    if (options.into.empty() && options.into_dir.empty())
        return fail(Code::invalid, "where to is missing",
                    "--into URL for a database, or --into-dir DIR for a physical backup.");
    const bool of_databases =
        !options.tables.empty() || options.replace || !options.role_map.empty();
    if (!options.into_dir.empty() && of_databases)
        return fail(Code::invalid,
                    "--table, --replace and --map-role are for databases, not for --into-dir",
                    "Leave them out: a cluster is restored whole.");
    return {};
}

ExitStatus restore_into_directory(const RestoreOptions& options, const Session& session) {
    const auto& console = session.console;
    std::string name;
    const auto outcome = [&]() -> Result<engines::DirectoryReport> {
        engines::DirectoryRequest request;
        request.directory = std::filesystem::absolute(options.into_dir);
        DS_TRY(request.tablespaces,
               map_of(options.tablespace_map, "--tablespace-map",
                      "For example --tablespace-map /fast=/srv/fast2 puts into /srv/fast2 what was "
                      "in /fast."));
        DS_TRY(const auto identities, identities_of(options.keys));
        ShownProgress progress{session.console, session.progress_style()};
        const sys::Run run{session.stop, sys::system_clock(), progress};
        DS_TRY(const auto chosen, choose(options.backup, run));
        name = chosen.backup.manifest.name;
        return jobs::restore_directory(request, identities, *chosen.store, chosen.backup, run);
    }();
    if (!outcome) return console.error(outcome.error());
    console.result(json::bj::object{
        {"status", "succeeded"}, {"backup", name}, {"restore", json::to_value(*outcome)}});
    console.line(fmt::format("{} {} restored into {}", console.tick(true), console.bold(name),
                             printable(outcome->directory, 200)));
    console.line(
        fmt::format("  {} files, {}", human_count(outcome->files), human_bytes(outcome->bytes)));
    console.line(fmt::format("  Start PostgreSQL {} on it as its account: pg_ctl -D {} start",
                             outcome->server_major, printable(outcome->directory, 200)));
    for (const auto& note : outcome->notes) console.note(note);
    return ExitStatus::done;
}

Result<jobs::RestoreOutcome> run_restore(const RestoreOptions& options, const Session& session,
                                         std::string& name) {
    jobs::RestoreOrder order;
    order.restore.into = Secret{options.into};
    order.restore.tool_dirs = session.common.tool_dirs;
    order.restore.tables = options.tables;
    order.restore.replace = options.replace;
    order.restore.jobs = options.jobs;
    DS_TRY(order.restore.role_map,
           map_of(options.role_map, "--map-role",
                  "For example --map-role alice=bob gives to bob what was alice's."));
    DS_TRY(order.identities, identities_of(options.keys));
    ShownProgress progress{session.console, session.progress_style()};
    const sys::Run run{session.stop, sys::system_clock(), progress};
    DS_TRY(const auto chosen, choose(options.backup, run));
    name = chosen.backup.manifest.name;
    return jobs::restore(order, *chosen.store, chosen.backup, run);
}

}  // namespace

ExitStatus restore(const RestoreOptions& options, const Session& session) {
    const auto& console = session.console;
    if (const auto target = check_target(options); !target) return console.error(target.error());
    if (!options.into_dir.empty()) return restore_into_directory(options, session);
    std::string name;
    const auto outcome = run_restore(options, session, name);
    if (!outcome) return console.error(outcome.error());
    const auto& report = outcome->report;
    console.result(json::bj::object{{"status", "succeeded"},
                                    {"backup", name},
                                    {"restore", json::to_value(report)},
                                    {"milliseconds", outcome->duration.count()}});
    console.line(fmt::format("{} {} restored into {}", console.tick(true), console.bold(name),
                             printable(report.database, 100)));
    console.line(fmt::format("  {} tables, {} rows, {} read, in {}", human_count(report.tables),
                             human_count(report.rows), human_bytes(report.bytes),
                             human_duration(outcome->duration)));
    for (const auto& note : report.notes) console.note(note);
    return ExitStatus::done;
}

}  // namespace ds::cli
