#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/remote_backups.hpp"
#include "cli/watching.hpp"
#include "model/summary.hpp"

namespace ds::cli {
namespace {

struct PreflightRow {
    bool ready = false;
    std::vector<model::Finding> findings;
};
BOOST_DESCRIBE_STRUCT(PreflightRow, (), (ready, findings))

struct Target {
    std::string server;
    std::string database;
};

Result<Target> target_of(const std::string& text) {
    const auto slash = text.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == text.size()) {
        return fail(Code::invalid,
                    fmt::format("--into '{}' is not SERVER/DATABASE", printable(text, 100)),
                    "For example --into db/shop_copy; `dumpstation api GET servers` lists them.");
    }
    return Target{text.substr(0, slash), text.substr(slash + 1)};
}

Result<json::bj::object> question_of(Remote& remote, const RemoteRestoreOptions& options) {
    DS_TRY(const auto target, target_of(options.into));
    DS_TRY(const auto server, remote.find("servers", target.server));
    json::bj::object question{{"into_server", text_in(server, "id")},
                              {"into_database", target.database},
                              {"tables", json::to_value(options.tables)},
                              {"replace", options.replace},
                              {"confirm", options.confirm},
                              {"safety_backup", !options.no_safety_backup},
                              {"keep_old_hours", options.keep_old_hours},
                              {"even_if_damaged", options.even_if_damaged}};
    if (!options.store.empty()) {
        DS_TRY(const auto store, remote.find("stores", options.store));
        question["store"] = text_in(store, "id");
    }
    return question;
}

/// With --check: the findings, and the status that says whether something is in the way.
Result<ExitStatus> tell_preflight(Remote& remote, const std::string& path,
                                  const json::bj::object& question, const Console& console) {
    DS_TRY(const auto answer, remote.post(path + "/preflight", question));
    DS_TRY(const auto ahead, row_as<PreflightRow>(answer));
    console.result(json::bj::object{{"preflight", answer}});
    for (const auto& one : ahead.findings) {
        const bool blocks = one.level == model::FindingLevel::blocks;
        const auto* mark = one.level == model::FindingLevel::warning ? "!" : nullptr;
        console.line(fmt::format("  {} {}: {}", mark != nullptr ? mark : console.tick(!blocks),
                                 one.about, one.text));
        if (!one.hint.empty()) console.line("      " + one.hint);
    }
    return ahead.ready ? ExitStatus::done : ExitStatus::refused;
}

Result<ExitStatus> restore_there(const RemoteRestoreOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto backup, find_backup(*remote, options.backup));
    DS_TRY(const auto question, question_of(*remote, options));
    const auto path = "backups/" + text_in(backup, "id") + "/restore";
    if (options.check) return tell_preflight(*remote, path, question, session.console);
    DS_TRY(const auto run, remote->post(path, question));
    return tell_started(*remote, {text_in(run, "id")}, options.backup.wait, session);
}

Result<ExitStatus> undo(const UndoOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto before, remote->get_one("runs", options.run.name));
    DS_TRY(const auto run,
           remote->post("runs/" + text_in(before, "id") + "/undo", {{"confirm", options.confirm}}));
    return tell_started(*remote, {text_in(run, "id")}, options.run.wait, session);
}

}  // namespace

ExitStatus backups_restore(const RemoteRestoreOptions& options, const Session& session) {
    const auto ended = restore_there(options, session);
    return ended ? *ended : session.console.error(ended.error());
}

ExitStatus run_undo(const UndoOptions& options, const Session& session) {
    const auto ended = undo(options, session);
    return ended ? *ended : session.console.error(ended.error());
}

}  // namespace ds::cli
