#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/keys.hpp"
#include "cli/progress.hpp"
#include "cli/stores.hpp"
#include "jobs/restore.hpp"

namespace ds::cli {
namespace {

Result<std::map<std::string, std::string>> role_map_of(const std::vector<std::string>& texts) {
    std::map<std::string, std::string> roles;
    for (const auto& text : texts) {
        const auto at = text.find('=');
        if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
            return fail(Code::invalid,
                        fmt::format("--map-role '{}' is not OLD=NEW", printable(text, 100)),
                        "For example --map-role alice=bob gives to bob what was alice's.");
        }
        roles[text.substr(0, at)] = text.substr(at + 1);
    }
    return roles;
}

Result<jobs::RestoreOutcome> run_restore(const RestoreOptions& options, const Session& session,
                                         std::string& name) {
    jobs::RestoreOrder order;
    order.restore.into = Secret{options.into};
    order.restore.tool_dirs = session.common.tool_dirs;
    order.restore.tables = options.tables;
    order.restore.replace = options.replace;
    order.restore.jobs = options.jobs;
    DS_TRY(order.restore.role_map, role_map_of(options.role_map));
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
