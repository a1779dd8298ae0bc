#include "jobs/service/scheduler.hpp"

#include <fmt/format.h>

#include "jobs/service/run_news.hpp"
#include "policy/retention.hpp"
#include "policy/schedule.hpp"

namespace ds::jobs {
namespace {

constexpr std::chrono::seconds lease_term{15};
constexpr std::chrono::seconds look_every{1};
constexpr std::chrono::minutes late{10};  // from then on a run is a caught-up one
constexpr int plans_at_once_max = 200;

/// One of a plan's two rhythms.
struct Rhythm {
    model::RunKind kind;
    const std::string& schedule;
    std::string& last;
    std::string& next;
};

Rhythm backups_of(model::Plan& plan) {
    return {model::RunKind::backup, plan.schedule, plan.last_scheduled, plan.next_run};
}
Rhythm verifications_of(model::Plan& plan) {
    return {model::RunKind::verify, plan.verify_schedule, plan.last_verify, plan.next_verify};
}

std::chrono::seconds delay_of(const model::Plan& plan) {
    return policy::jitter(plan.id, std::chrono::seconds{plan.jitter_seconds});
}

Status look_ahead(const model::Plan& plan, const Rhythm& rhythm, catalog::Time after) {
    rhythm.next.clear();
    if (rhythm.schedule.empty() || plan.paused) return {};
    DS_TRY(const auto schedule, policy::Schedule::parse(rhythm.schedule));
    DS_TRY(const auto zone, policy::Zone::find(plan.zone));
    if (const auto next = schedule.next(after, zone)) rhythm.next = rfc3339(*next + delay_of(plan));
    return {};
}

class Tick {
public:
    Tick(const Office& office, catalog::Session& session, model::Plan plan)
        : session_{session}, now_{office.now()}, plan_{std::move(plan)} {}

    /// Enters what is due and moves the plan on, in one transaction: nothing is lost or doubled.
    Result<std::size_t> serve() {
        DS_DO(serve(backups_of(plan_)));
        DS_DO(serve(verifications_of(plan_)));
        plan_.changed = rfc3339(now_);
        DS_DO(catalog::plans.update(session_, plan_));
        return entered_;
    }

private:
    catalog::Session& session_;
    const catalog::Time now_;
    model::Plan plan_;
    std::size_t entered_ = 0;

    Status serve(const Rhythm& rhythm) {
        if (rhythm.next.empty() || rhythm.next > rfc3339(now_)) return {};
        DS_TRY(const auto schedule, policy::Schedule::parse(rhythm.schedule));
        DS_TRY(const auto zone, policy::Zone::find(plan_.zone));
        DS_TRY(const auto last, from_rfc3339(rhythm.last));
        if (const auto due = policy::due(schedule, zone, last, now_, delay_of(plan_))) {
            for (const auto& database : plan_.databases) DS_DO(enter(rhythm, database, *due));
            rhythm.last = rfc3339(due->scheduled_for);
        }
        DS_TRY(const auto served, from_rfc3339(rhythm.last));
        return look_ahead(plan_, rhythm, served);
    }

    Status enter(const Rhythm& rhythm, const std::string& id, const policy::DueRun& due) {
        DS_TRY(const auto database, catalog::databases.find(session_, plan_.organization, id));
        if (!database || database->paused || database->archived) return {};
        model::Run run;
        catalog::begin_record(run, plan_.organization, now_);
        run.kind = rhythm.kind;
        run.plan = plan_.id;
        run.database = id;
        run.scheduled_for = rfc3339(due.scheduled_for);
        run.trigger = now_ - due.scheduled_for - delay_of(plan_) > late ? model::Trigger::catch_up
                                                                        : model::Trigger::schedule;
        run.attempts_max = plan_.attempts_max;
        DS_TRY(const bool entered, was_entered(run));
        if (entered) return {};
        if (due.missed > 0)
            run.warnings = {
                fmt::format("stands for {} earlier moments too, which were missed", due.missed)};
        if (rhythm.kind == model::RunKind::backup) {
            run.server = database->server;
            DS_TRY(const bool skip, is_in_the_way(run));
            if (skip) return catalog::enqueue(session_, skipped(std::move(run)));
        } else {
            DS_TRY(const auto backup, newest_backup(id));
            if (backup.empty()) return {};
            run.order.backup = backup;
            run.order.level = plan_.verify_level;
        }
        DS_DO(catalog::enqueue(session_, run));
        ++entered_;
        return {};
    }

    /// A clock that steps back, and a plan changed then, come to the same moment again.
    Result<bool> was_entered(const model::Run& run) {
        DS_TRY(const auto rows,
               session_.run("SELECT count(*) FROM runs WHERE organization = ? AND plan = ? AND "
                            "\"database\" = ? AND kind = ? AND scheduled_for = ? AND "
                            "scheduled_for <> '' AND attempt = 1",
                            {run.organization, run.plan, run.database, catalog::to_column(run.kind),
                             run.scheduled_for}));
        return sql::number_of(rows.at(0).at(0)) > 0;
    }

    /// A moment that is left out is on record as well: it was served, by not adding to the queue.
    model::Run skipped(model::Run run) const {
        run.state = model::RunState::cancelled;
        run.finished = run.created;
        run.error = "skipped: a backup of this database was still waiting or at work";
        run.error_code = name_of(Code::conflict);
        run.hint = "With overlap `queue` the plan lets it wait.";
        return run;
    }

    /// Whether a backup of this database still waits or works, and the plan says skip.
    Result<bool> is_in_the_way(const model::Run& run) {
        if (plan_.overlap == model::Overlap::queue) return false;
        DS_TRY(const auto rows,
               session_.run("SELECT count(*) FROM runs WHERE organization = ? AND \"database\" = ? "
                            "AND kind = 'backup' AND state IN ('queued', 'running')",
                            {run.organization, run.database}));
        return sql::number_of(rows.at(0).at(0)) > 0;
    }

    Result<std::string> newest_backup(const std::string& database) {
        DS_TRY(const auto rows,
               session_.run(
                   fmt::format("SELECT id FROM backups WHERE organization = ? AND \"database\" = ? "
                               "AND {} ORDER BY taken DESC LIMIT 1",
                               catalog::recovery_points),
                   {plan_.organization, database}));
        return rows.empty() ? std::string{} : sql::text_of(rows.at(0).at(0));
    }
};

}  // namespace

Status check_plan(const model::Plan& plan) {
    DS_TRY([[maybe_unused]] const auto zone, policy::Zone::find(plan.zone));
    for (const auto& text : {plan.schedule, plan.verify_schedule}) {
        if (text.empty()) continue;
        DS_TRY([[maybe_unused]] const auto schedule, policy::Schedule::parse(text));
    }
    return {};
}

Status plan_ahead(model::Plan& plan, catalog::Time now) {
    DS_DO(check_plan(plan));
    plan.last_scheduled = plan.last_verify = plan.watched_since = rfc3339(now);
    DS_DO(look_ahead(plan, backups_of(plan), now));
    return look_ahead(plan, verifications_of(plan), now);
}

Result<std::size_t> tick(const Office& office, Events& events) {
    const auto now = rfc3339(office.now());
    DS_TRY(const auto due, office.catalog.read([&](catalog::Session& session) {
        return catalog::plans.select(
            session,
            // "> ''" begins the index's range behind the plans that have no next run.
            fmt::format("WHERE (next_run > '' AND next_run <= ?) OR (next_verify > '' AND "
                        "next_verify <= ?) LIMIT {}",
                        plans_at_once_max),
            {now, now});
    }));
    std::size_t entered = 0;
    for (const auto& plan : due) {
        const auto served = office.catalog.write(
            [&](catalog::Session& session) { return Tick{office, session, plan}.serve(); });
        if (served) {
            entered += *served;
            if (*served > 0) events.changed(plan.organization, "plan", plan.id);
        } else if (served.error().code() != Code::conflict &&
                   served.error().code() != Code::exists) {
            // Another server or a person was faster: the next tick sees what they left.
            return Error{served.error()};
        }
    }
    return entered;
}

Scheduler::Scheduler(const Office& office, Events& events, Runner& runner)
    : office_{office},
      events_{events},
      runner_{runner},
      duty_{office, {"scheduler", look_every, lease_term}, [this](bool leads, const sys::Run&) {
                return leads ? look() : Status{};
            }} {}

Status Scheduler::look() {
    const auto entered = tick(office_, events_);
    DS_TRY(const auto reaped, catalog::reap_runs(office_.catalog, office_.now()));
    for (const auto& run : reaped) {
        tell_of_lost(run);
        office_.log.warn("run.taken_over", "a run's server went silent",
                         {{"run", run.id}, {"server", run.lease_owner}});
    }
    if ((entered && *entered > 0) || !reaped.empty()) runner_.wake();
    return entered ? Status{} : Status{Error{entered.error()}};
}

/// Nobody is left to end a run whose server died: what people are told of it is told here.
void Scheduler::tell_of_lost(const model::Run& run) {
    events_.changed(run.organization, "run", run.id, "interrupted");
    const bool final = !catalog::is_tried_again(run);
    static_cast<void>(office_.catalog.write([&](catalog::Session& session) {
        return tell_of_end(session, events_, run, {final, false});
    }));
}

}  // namespace ds::jobs
