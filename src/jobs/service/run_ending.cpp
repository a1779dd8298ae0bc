#include "jobs/service/run_ending.hpp"

#include <fmt/format.h>

#include "jobs/service/run_news.hpp"
#include "policy/backoff.hpp"

namespace ds::jobs {
namespace {

using model::RunState;

constexpr std::uint64_t prune_attempts = 5;

/// The state, the error and whether trying again may help.
struct Ending {
    RunState state = RunState::succeeded;
    bool again = false;
};

void take_error(model::Run& run, const Error& error) {
    run.error = printable(error.message(), 2000);
    run.error_code = name_of(error.code());
    run.hint = error.hint();
}

bool worth_another_try(const Error& error) {
    return error.transient() || error.code() == Code::failed || error.code() == Code::exhausted;
}

Ending judge(model::Run& run, Verdict verdict, const Result<Outcome>& outcome) {
    if (outcome) {
        run.backup = outcome->backup;
        run.error = printable(outcome->error, 4000);
        run.hint = outcome->hint;
        return {outcome->state, false};
    }
    take_error(run, outcome.error());
    switch (verdict) {
        case Verdict::cancelled: run.error = "cancelled"; return {RunState::cancelled, false};
        case Verdict::server_stops:
            run.error = "the server was stopped";
            return {RunState::interrupted, true};
        case Verdict::stalled:
            take_error(run, fail(Code::timeout, "it moved no data for longer than its stall limit",
                                 "Is the database or the store hanging? The limit is the plan's "
                                 "stall_seconds."));
            return {RunState::failed, true};
        default: return {RunState::failed, worth_another_try(outcome.error())};
    }
}

/// When the next attempt is to start, if there is one.
std::optional<catalog::Time> next_try(const model::Run& run, const Ending& ending, Verdict verdict,
                                      catalog::Time now) {
    if (!ending.again) return {};
    if (verdict == Verdict::server_stops) return now;
    if (run.attempt >= run.attempts_max) return {};
    return now + policy::retry_wait(static_cast<unsigned>(run.attempt), run.id);
}

Status queue_pruning(catalog::Session& session, const model::Run& backup, catalog::Time now) {
    model::Run prune;
    catalog::begin_record(prune, backup.organization, now);
    prune.kind = model::RunKind::prune;
    prune.trigger = model::Trigger::schedule;
    prune.plan = backup.plan;
    prune.database = backup.database;
    prune.attempts_max = prune_attempts;
    return catalog::enqueue(session, prune);
}

/// Errors carry no secrets; see base/error.hpp.
void log_ending(const Office& office, const model::Run& run, bool tried_again,
                const Status& written) {
    const auto level = run.state == RunState::failed   ? sys::LogLevel::error
                       : run.state == RunState::partly ? sys::LogLevel::warning
                                                       : sys::LogLevel::info;
    const auto kind = boost::describe::enum_to_string(run.kind, "");
    const auto state = boost::describe::enum_to_string(run.state, "");
    office.log.write(level, "run.ended", fmt::format("{} {}", kind, state),
                     {{"run", run.id},
                      {"kind", kind},
                      {"state", state},
                      {"organization", run.organization},
                      {"plan", run.plan},
                      {"database", run.database},
                      {"backup", run.backup},
                      {"code", run.error_code},
                      {"error", run.error},
                      {"again", tried_again}});
    if (!written) {
        office.log.error("catalog.error", "the end of a run could not be written",
                         {{"run", run.id}, {"error", written.error().message()}});
    }
}

}  // namespace

void end_run(const Office& office, Events& events, model::Run run, Verdict verdict,
             Result<Outcome> outcome, Journal& journal) {
    const auto now = office.now();
    const auto ending = judge(run, verdict, outcome);
    run.state = ending.state;
    run.progress = journal.progress();
    run.warnings = journal.warnings();
    if (!run.error.empty()) journal.note("error", run.error);
    const auto retry_at = next_try(run, ending, verdict, now);
    const bool taken = run.kind == model::RunKind::backup && !run.backup.empty();

    const auto ended = catalog::finish_run(
        office.catalog, run, now, retry_at, [&](catalog::Session& session) -> Status {
            if (outcome && outcome->record) DS_DO(outcome->record(session));
            DS_DO(write_lines(session, journal.take_lines(run)));
            const bool final = !retry_at.has_value();
            DS_DO(tell_of_end(session, events, run, {final, verdict == Verdict::stalled}));
            return taken ? queue_pruning(session, run, now) : Status{};
        });
    log_ending(office, run, retry_at.has_value(), ended);
    // A run that somebody else has by now is theirs to end; a catalog that is away will find the
    // lease over. A backup that was made meanwhile is found in its stores.
    if (!ended) return;
    events.changed(run.organization, "run", run.id, boost::describe::enum_to_string(run.state, ""));
    if (taken) events.changed(run.organization, "backup", run.backup);
}

}  // namespace ds::jobs
