#include "catalog/run_queue.hpp"

#include <algorithm>

namespace ds::catalog {
namespace {

// A run whose server died is not at fault; one that kills every server that takes it is stopped.
constexpr std::uint64_t attempts_over_kills_max = 5;
// A manifest is small, but a store may be slow to take it.
constexpr std::chrono::minutes held_for{1};

Error given_away() { return fail(Code::conflict, "the run was given to another server meanwhile"); }

/// The stores that it will use, in order of their ids; of a restore or a proof the one it reads.
Result<std::vector<std::string>> stores_of(Session& session, const model::Run& run) {
    std::vector<std::string> used;
    if (run.kind == model::RunKind::backup) {
        DS_TRY(const auto plan, plans.find(session, run.organization, run.plan));
        if (plan) {
            for (const auto& destination : plan->destinations) used.push_back(destination.store);
        }
    } else if (!run.order.store.empty()) {
        used.push_back(run.order.store);
    } else if (!run.order.backup.empty()) {
        DS_TRY(const auto copies, readable_copies(session, run.organization, run.order.backup));
        if (!copies.empty()) used.push_back(copies.front().store);
    }
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    return used;
}

model::Run next_attempt(const model::Run& run, Time now, Time at) {
    auto next = run;
    begin_record(next, run.organization, now);
    next.state = model::RunState::queued;
    next.trigger = model::Trigger::retry;
    next.attempt = run.attempt + 1;
    next.not_before = rfc3339(at);
    next.started = next.finished = next.lease_owner = next.lease_until = {};
    next.place = next.backup = next.error = next.error_code = next.hint = {};
    next.cancel_requested = false;
    next.progress = {};
    next.warnings.clear();
    return next;
}

}  // namespace

Result<std::vector<model::Copy>> readable_copies(Session& session, const std::string& organization,
                                                 const std::string& backup) {
    return copies.select(session,
                         "WHERE organization = ? AND backup = ? AND state IN "
                         "('complete', 'condemned') ORDER BY damaged, state, id",
                         {organization, backup});
}

Status enqueue(Session& session, model::Run run) {
    if (run.not_before.empty()) run.not_before = run.created;
    DS_TRY(run.stores, stores_of(session, run));
    return runs.insert(session, run);
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

Status place_run(Catalog& catalog, const model::Run& run, const std::string& place) {
    return catalog.write([&](Session& session) -> Status {
        DS_TRY([[maybe_unused]] const auto placed,
               session.run("UPDATE runs SET place = ?, version = version + 1 WHERE id = ? AND "
                           "state = 'running' AND lease_owner = ?",
                           {place, run.id, run.lease_owner}));
        return session.changed() == 1 ? Status{} : given_away();
    });
}

Status hold_run(Catalog& catalog, const model::Run& run, Time now) {
    return catalog.write([&](Session& session) -> Status {
        DS_TRY([[maybe_unused]] const auto held,
               session.run("UPDATE runs SET lease_until = ? WHERE id = ? AND state = 'running' AND "
                           "lease_owner = ?",
                           {rfc3339(now + held_for), run.id, run.lease_owner}));
        return session.changed() == 1 ? Status{} : given_away();
    });
}

Status finish_run(Catalog& catalog, model::Run run, Time now, std::optional<Time> retry_at,
                  const std::function<Status(Session&)>& more) {
    return catalog.write([&](Session& session) -> Status {
        DS_TRY(auto stored, runs.get(session, run.organization, run.id));
        if (stored.state != model::RunState::running || stored.lease_owner != run.lease_owner)
            return given_away();
        run.version = stored.version;
        run.finished = run.changed = rfc3339(now);
        run.lease_until = {};
        run.place = {};
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

bool is_tried_again(const model::Run& lost) {
    if (lost.cancel_requested) return false;
    const bool writes = lost.kind == model::RunKind::restore || lost.kind == model::RunKind::undo;
    return lost.attempt <
           (writes ? lost.attempts_max : std::max(lost.attempts_max, attempts_over_kills_max));
}

Result<std::vector<model::Run>> reap_runs(Catalog& catalog, Time now) {
    using Reaped = std::vector<model::Run>;
    return catalog.write([&](Session& session) -> Result<Reaped> {
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
            if (is_tried_again(run)) DS_DO(enqueue(session, next_attempt(run, now, now)));
        }
        return dead;
    });
}

}  // namespace ds::catalog
