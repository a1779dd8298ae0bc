#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/rows.hpp"
#include "cli/watching.hpp"

namespace ds::cli {
namespace {

constexpr std::size_t log_lines_max = 100'000;

struct LogRow {
    std::string created, level, text;
};
BOOST_DESCRIBE_STRUCT(LogRow, (), (created, level, text))

std::string how_long(const RunRow& run) {
    const auto began = from_rfc3339(run.started);
    const auto ended = from_rfc3339(run.finished);
    return began && ended ? human_duration(*ended - *began) : "";
}

Status list_runs(const RowsOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    net::Fields query{{"sort", "-id"}};
    if (!options.state.empty()) query.emplace_back("state", options.state);
    if (!options.database.empty()) {
        DS_TRY(const auto database, remote->find("databases", options.database));
        query.emplace_back("database", text_in(database, "id"));
    }
    DS_TRY(const auto rows, remote->list("runs", query, options.rows_max));
    DS_TRY(const auto runs, rows_as<RunRow>(rows.items));
    DS_TRY(const auto names, remote->names("databases"));
    Table table{{{"ID", "KIND", "DATABASE", "STATE", "CREATED", "TOOK"}},
                {false, false, false, false, false, true}};
    for (const auto& run : runs) {
        table.rows.push_back({run.id, kind_name(run.kind), names.of(run.database),
                              state_name(run.state), run.created, how_long(run)});
    }
    tell_rows(session.console, options.format, "runs", rows, table);
    return {};
}

Status show_run(const NamedOptions& options, const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto row, remote->get_one("runs", options.name));
    DS_TRY(const auto run, row_as<RunRow>(row));
    DS_TRY(const auto names, remote->names("databases"));
    console.result(json::bj::object{{"run", row}});
    console.line(console.bold(fmt::format("{} of {}", kind_name(run.kind),
                                          run.database.empty() ? "?" : names.of(run.database))));
    console.line("  id        " + run.id);
    console.line("  state     " + state_name(run.state));
    console.line("  created   " + run.created);
    if (!run.started.empty()) console.line("  started   " + run.started);
    if (!run.finished.empty())
        console.line("  finished  " + run.finished + ", after " + how_long(run));
    if (!is_over(run.state) && !run.progress.step.empty())
        console.line(fmt::format("  at work   {}, {} read", printable(run.progress.step, 100),
                                 human_bytes(run.progress.bytes_in)));
    if (!run.backup.empty()) console.line("  backup    " + run.backup);
    for (const auto& warning : run.warnings) console.line("  warning   " + printable(warning));
    if (!run.error.empty()) console.line("  error     " + printable(run.error, 2000));
    if (!run.hint.empty()) console.line("  hint      " + printable(run.hint, 1000));
    return {};
}

Status tell_log(const NamedOptions& options, const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto run, remote->get_one("runs", options.name));
    DS_TRY(const auto rows, remote->list("runs/" + text_in(run, "id") + "/log", {}, log_lines_max));
    DS_TRY(const auto lines, rows_as<LogRow>(rows.items));
    console.result(json::bj::object{{"lines", rows.items}, {"more", rows.more}});
    for (const auto& line : lines) {
        console.line(fmt::format("{}  {:7}  {}", line.created, printable(line.level, 20),
                                 printable(line.text, 4000)));
    }
    return {};
}

Status cancel_run(const NamedOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto run, remote->get_one("runs", options.name));
    DS_TRY(const auto row, remote->post("runs/" + text_in(run, "id") + "/cancel"));
    session.console.result(json::bj::object{{"run", row}});
    session.console.line(text_in(row, "state") == "cancelled" ? "cancelled" : "it is told to stop");
    return {};
}

}  // namespace

ExitStatus run_list(const RowsOptions& options, const Session& session) {
    return session.end_with(list_runs(options, session));
}

ExitStatus run_show(const NamedOptions& options, const Session& session) {
    return session.end_with(show_run(options, session));
}

ExitStatus run_log(const NamedOptions& options, const Session& session) {
    return session.end_with(tell_log(options, session));
}

ExitStatus run_cancel(const NamedOptions& options, const Session& session) {
    return session.end_with(cancel_run(options, session));
}

ExitStatus run_retry(const NamedOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto remote = open_remote(session);
    if (!remote) return console.error(remote.error());
    const auto before = (*remote)->get_one("runs", options.name);
    if (!before) return console.error(before.error());
    const auto run = (*remote)->post("runs/" + text_in(*before, "id") + "/retry");
    if (!run) return console.error(run.error());
    return tell_started(**remote, {text_in(*run, "id")}, options.wait, session);
}

ExitStatus run_watch(const NamedOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto remote = open_remote(session);
    if (!remote) return console.error(remote.error());
    const auto run = (*remote)->get_one("runs", options.name);
    if (!run) return console.error(run.error());
    return tell_started(**remote, {text_in(*run, "id")}, {true, options.wait.seconds_max}, session);
}

}  // namespace ds::cli
