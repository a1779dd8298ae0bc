#include "cli/watching.hpp"

#include <algorithm>

#include "cli/progress.hpp"

namespace ds::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto look_interval = 300ms;
constexpr auto absence_max = 60s;  // a server that restarts is waited for so long

/// Hands on what a run's row says of its progress to what shows it.
class Follower {
public:
    explicit Follower(sys::Progress& shown) : shown_{shown} {}

    void see(const RunRow& run) {
        const auto& now = run.progress;
        const auto step = run.state == model::RunState::queued ? "queued"
                          : now.step.empty()                   ? "starts"
                                                               : now.step;
        if (step != before_.step || now.bytes_in < before_.bytes_in) {
            shown_.step(step);
            before_ = {};
            before_.step = step;
        }
        shown_.expect(now.bytes_expected);
        shown_.advance(now.bytes_in - before_.bytes_in,
                       now.bytes_out - std::min(now.bytes_out, before_.bytes_out));
        before_.bytes_in = now.bytes_in;
        before_.bytes_out = now.bytes_out;
    }

private:
    sys::Progress& shown_;
    model::RunProgress before_;
};

Error not_waiting(const std::string& id) {
    return fail(Code::cancelled, "run " + id + " goes on, nobody watches it from here",
                "`dumpstation run cancel " + id + "` stops it.");
}

/// When not all ended alike: damage before failure before what is half done.
ExitStatus worst(ExitStatus a, ExitStatus b) {
    for (const auto status : {ExitStatus::interrupted, ExitStatus::damage, ExitStatus::failed,
                              ExitStatus::partly, ExitStatus::wait_timed_out}) {
        if (a == status || b == status) return status;
    }
    return ExitStatus::done;
}

void tell_end(const RunRow& run, const Console& console) {
    const bool good = run.state == model::RunState::succeeded;
    const auto began = from_rfc3339(run.started);
    const auto ended = from_rfc3339(run.finished);
    console.line(fmt::format("{} {} {}{}{}", console.tick(good), kind_name(run.kind),
                             state_name(run.state),
                             began && ended ? " in " + human_duration(*ended - *began) : "",
                             run.error.empty() ? "" : ": " + printable(run.error, 1000)));
    if (!run.hint.empty() && !good) console.note(run.hint);
    for (const auto& warning : run.warnings) console.note(warning);
}

}  // namespace

bool is_over(model::RunState state) {
    return state != model::RunState::queued && state != model::RunState::running;
}

std::string state_name(model::RunState state) {
    return boost::describe::enum_to_string(state, "unknown");
}

ExitStatus exit_status_of(const RunRow& run) {
    switch (run.state) {
        case model::RunState::queued:
        case model::RunState::running: return ExitStatus::wait_timed_out;
        case model::RunState::succeeded: return ExitStatus::done;
        case model::RunState::partly: return ExitStatus::partly;
        case model::RunState::cancelled: return ExitStatus::interrupted;
        case model::RunState::failed:
        case model::RunState::interrupted: break;
    }
    // A proof that failed without an error of its own came to a verdict.
    const bool verdict = run.kind == model::RunKind::verify && run.error_code.empty() &&
                         run.state == model::RunState::failed;
    return verdict || run.error_code == name_of(Code::corrupt) ? ExitStatus::damage
                                                               : ExitStatus::failed;
}

std::string kind_name(model::RunKind kind) {
    return boost::describe::enum_to_string(kind, "unknown");
}

Result<std::optional<json::Value>> watch_run(Remote& remote, const std::string& id,
                                             std::chrono::seconds wait_max,
                                             const Session& session) {
    ShownProgress shown{session.console, session.progress_style()};
    Follower follower{shown};
    const auto began = steady_clock::now();
    auto heard = began;
    while (true) {
        auto row = remote.get("runs/" + id);
        if (session.stop.stop_requested()) return not_waiting(id);
        const auto now = steady_clock::now();
        if (row) {
            DS_TRY(const auto run, row_as<RunRow>(*row));
            if (is_over(run.state)) return std::move(*row);
            follower.see(run);
            heard = now;
        } else if (!row.error().transient() || heard == began || now - heard > absence_max) {
            return Error{row.error()};
        }
        if (wait_max.count() > 0 && now - began >= wait_max) return std::optional<json::Value>{};
        if (!sys::system_clock().sleep_for(look_interval, session.stop)) return not_waiting(id);
    }
}

ExitStatus tell_started(Remote& remote, const std::vector<std::string>& ids, const WaitChoice& wait,
                        const Session& session) {
    const auto& console = session.console;
    json::bj::array rows;
    auto status = ExitStatus::done;
    for (const auto& id : ids) {
        if (!wait.wait) {
            rows.push_back(json::bj::object{{"id", id}});
            console.line(id);
            continue;
        }
        const auto row = watch_run(remote, id, std::chrono::seconds{wait.seconds_max}, session);
        if (!row) return console.error(row.error());
        if (!*row) {
            rows.push_back(json::bj::object{{"id", id}});
            console.note("run " + id + " goes on; `dumpstation run watch " + id + "` follows it");
            status = worst(status, ExitStatus::wait_timed_out);
            continue;
        }
        const auto run = row_as<RunRow>(**row);
        if (!run) return console.error(run.error());
        tell_end(*run, console);
        rows.push_back(**row);
        status = worst(status, exit_status_of(*run));
    }
    console.result(json::bj::object{{"runs", std::move(rows)}});
    return status;
}

}  // namespace ds::cli
