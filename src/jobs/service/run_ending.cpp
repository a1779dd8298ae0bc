#include "jobs/service/run_ending.hpp"

#include <fmt/format.h>

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

Result<std::string> subject_of(catalog::Session& session, const model::Run& run) {
    DS_TRY(const auto database, catalog::databases.find(session, run.organization, run.database));
    return database ? database->name : std::string{};
}

/// Whether the run of the same kind before this one failed: then a success is news.
Result<bool> failed_before(catalog::Session& session, const model::Run& run) {
    DS_TRY(const auto before,
           session.run("SELECT state FROM runs WHERE organization = ? AND \"database\" = ? AND "
                       "kind = ? AND id < ? AND state IN ('succeeded', 'partly', 'failed') "
                       "ORDER BY id DESC LIMIT 1",
                       {run.organization, run.database,
                        std::string{boost::describe::enum_to_string(run.kind, "")}, run.id}));
    return !before.empty() && sql::text_of(before.at(0).at(0)) == "failed";
}

/// What people are told; nothing for most ends.
Result<std::optional<model::Event>> event_of(catalog::Session& session, const model::Run& run,
                                             bool tried_again) {
    using Told = std::optional<model::Event>;
    if (run.kind != model::RunKind::backup && run.kind != model::RunKind::verify) return Told{};
    DS_TRY(const auto subject, subject_of(session, run));
    DS_TRY(const bool news, failed_before(session, run));
    const bool backup = run.kind == model::RunKind::backup;
    model::Event event;
    event.organization = run.organization;
    event.subject = subject;
    event.text = run.error;
    event.fields = {{"database", subject}, {"run", run.id}};
    if (!run.hint.empty()) event.fields.push_back({"what to do", run.hint});
    const auto tell = [&](std::string kind, std::string title) {
        event.kind = std::move(kind);
        event.severity = model::find_event_kind(event.kind)->severity;
        event.title = std::move(title);
        return Told{event};
    };
    switch (run.state) {
        case RunState::failed:
            if (tried_again) return Told{};
            return backup ? tell("backup.failed", fmt::format("Backup of {} failed", subject))
                          : tell("proof.failed", fmt::format("Proof of {} failed", subject));
        case RunState::partly:
            return tell("backup.partly",
                        fmt::format("Backup of {} reached only some of its stores", subject));
        case RunState::succeeded:
            if (!backup) return Told{};
            return news ? tell("backup.recovered", fmt::format("Backup of {} works again", subject))
                        : tell("backup.succeeded", fmt::format("{} was backed up", subject));
        default: return Told{};
    }
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
            DS_TRY(const auto event, event_of(session, run, retry_at.has_value()));
            if (event) DS_DO(events.raise(session, *event));
            return taken ? queue_pruning(session, run, now) : Status{};
        });
    // A run that somebody else has by now is theirs to end; a catalog that is away will find the
    // lease over. A backup that was made meanwhile is found in its stores.
    if (!ended) return;
    events.changed(run.organization, "run", run.id, boost::describe::enum_to_string(run.state, ""));
    if (taken) events.changed(run.organization, "backup", run.backup);
}

}  // namespace ds::jobs
