#include "catalog/run_queue.hpp"

namespace ds::catalog {
namespace {

// One claim at a time over all servers: claims are rare and short, and limits that span rows are
// only right when nobody else counts at the same moment.
Status one_claim_at_a_time(Session& session) {
    if (session.dialect() == sql::Dialect::sqlite) return {};  // BEGIN IMMEDIATE does the same
    return session.script("SELECT pg_advisory_xact_lock(7235012)");
}

// Fewest running runs of the organization first, then who waits longest. A database with a running
// backup or restore takes no second one; a server no more than it allows.
constexpr std::string_view next_run =
    "WHERE state = 'queued' AND not_before <= ? "
    "AND (\"database\" = '' OR kind = 'verify' OR NOT EXISTS ("
    "SELECT 1 FROM runs other WHERE other.state = 'running' AND other.\"database\" = "
    "runs.\"database\" "
    "AND other.kind IN ('backup', 'restore', 'undo'))) "
    "AND (server = '' OR (SELECT count(*) FROM runs other WHERE other.state = 'running' "
    "AND other.server = runs.server) < "
    "coalesce((SELECT s.runs_max FROM servers s WHERE s.id = runs.server), 1)) "
    "ORDER BY (SELECT count(*) FROM runs other WHERE other.state = 'running' "
    "AND other.organization = runs.organization), id LIMIT 1";

model::Run next_attempt(const model::Run& run, Time now, Time at) {
    auto next = run;
    begin_record(next, run.organization, now);
    next.state = model::RunState::queued;
    next.trigger = model::Trigger::retry;
    next.attempt = run.attempt + 1;
    next.not_before = rfc3339(at);
    next.started = next.finished = next.lease_owner = next.lease_until = {};
    next.backup = next.error = next.error_code = next.hint = {};
    next.cancel_requested = false;
    next.progress = {};
    next.warnings.clear();
    return next;
}

}  // namespace

Status enqueue(Session& session, const model::Run& run) { return runs.insert(session, run); }

Result<std::optional<model::Run>> claim_run(Catalog& catalog, const std::string& owner, Time now,
                                            const QueueLimits& limits) {
    using Claimed = std::optional<model::Run>;
    return catalog.write([&](Session& session) -> Result<Claimed> {
        DS_DO(one_claim_at_a_time(session));
        DS_TRY(const auto running,
               session.run("SELECT count(*) FROM runs WHERE state = 'running'"));
        if (sql::number_of(running.at(0).at(0)) >= static_cast<std::int64_t>(limits.runs_max))
            return Claimed{};
        DS_TRY(auto found, runs.select(session, next_run, {rfc3339(now)}));
        if (found.empty()) return Claimed{};
        auto& run = found.front();
        run.state = model::RunState::running;
        run.started = run.changed = rfc3339(now);
        run.lease_owner = owner;
        run.lease_until = rfc3339(now + limits.lease);
        DS_DO(runs.update(session, run));
        return Claimed{std::move(run)};
    });
}

Result<Heartbeat> renew_run(Catalog& catalog, const model::Run& run,
                            const model::RunProgress& progress, Time now,
                            std::chrono::seconds lease) {
    return catalog.write([&](Session& session) -> Result<Heartbeat> {
        DS_TRY([[maybe_unused]] const auto renewed,
               session.run("UPDATE runs SET lease_until = ?, progress = ? WHERE id = ? AND "
                           "state = 'running' AND lease_owner = ?",
                           {rfc3339(now + lease), json::write(progress), run.id, run.lease_owner}));
        Heartbeat heartbeat;
        heartbeat.lost = session.changed() == 0;
        DS_TRY(const auto asked,
               session.run("SELECT cancel_requested FROM runs WHERE id = ?", {run.id}));
        heartbeat.cancel = !asked.empty() && sql::number_of(asked.at(0).at(0)) != 0;
        return heartbeat;
    });
}

Status finish_run(Catalog& catalog, model::Run run, Time now, std::optional<Time> retry_at,
                  const std::function<Status(Session&)>& more) {
    return catalog.write([&](Session& session) -> Status {
        DS_TRY(auto stored, runs.get(session, run.organization, run.id));
        if (stored.state != model::RunState::running || stored.lease_owner != run.lease_owner)
            return fail(Code::conflict, "the run was given to another server meanwhile");
        run.version = stored.version;
        run.finished = run.changed = rfc3339(now);
        run.lease_until = {};
        DS_DO(runs.update(session, run));
        if (more) DS_DO(more(session));
        if (retry_at) DS_DO(enqueue(session, next_attempt(run, now, *retry_at)));
        return {};
    });
}

Result<model::Run> cancel_run(Session& session, const std::string& organization,
                              const std::string& id, Time now) {
    DS_TRY(auto run, runs.get(session, organization, id));
    if (run.state != model::RunState::queued && run.state != model::RunState::running)
        return fail(Code::conflict, "the run is over already");
    run.cancel_requested = true;
    run.changed = rfc3339(now);
    if (run.state == model::RunState::queued) {
        run.state = model::RunState::cancelled;
        run.finished = run.changed;
    }
    DS_DO(runs.update(session, run));
    return run;
}

Result<bool> is_read(Session& session, const std::string& organization, const std::string& backup) {
    DS_TRY(const auto rows,
           session.run("SELECT count(*) FROM runs WHERE organization = ? AND kind IN ('restore', "
                       "'verify') AND state IN ('queued', 'running') AND \"order\" LIKE ?",
                       {organization, fmt::format("%\"backup\":\"{}\"%", backup)}));
    return sql::number_of(rows.at(0).at(0)) > 0;
}

Result<std::vector<model::Run>> reap_runs(Catalog& catalog, Time now) {
    using Reaped = std::vector<model::Run>;
    return catalog.write([&](Session& session) -> Result<Reaped> {
        DS_DO(one_claim_at_a_time(session));
        DS_TRY(auto dead,
               runs.select(session, "WHERE state = 'running' AND lease_until < ? LIMIT 100",
                           {rfc3339(now)}));
        for (auto& run : dead) {
            run.state =
                run.cancel_requested ? model::RunState::cancelled : model::RunState::interrupted;
            run.finished = run.changed = rfc3339(now);
            run.error = "the server that worked on it stopped or was cut off";
            run.error_code = "interrupted";
            DS_DO(runs.update(session, run));
            const bool again = !run.cancel_requested && run.attempt < run.attempts_max;
            if (again) DS_DO(enqueue(session, next_attempt(run, now, now)));
        }
        return dead;
    });
}

}  // namespace ds::catalog
