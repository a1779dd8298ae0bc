#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/row_rules.hpp"
#include "api/run_orders.hpp"
#include "catalog/run_queue.hpp"
#include "jobs/service/holding.hpp"
#include "jobs/service/scheduler.hpp"
#include "policy/schedule.hpp"

namespace ds::api {

/// What a schedule means, in words and in moments.
struct Upcoming {
    std::string description;
    std::vector<std::string> runs;
};
BOOST_DESCRIBE_STRUCT(Upcoming, (), (description, runs))

struct ScheduleQuestion {
    std::string schedule;
    std::string zone = "UTC";
};
BOOST_DESCRIBE_STRUCT(ScheduleQuestion, (), (schedule, zone))

struct Accepted {
    std::vector<std::string> runs;  // their ids
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (runs))

/// What retention would do to one copy now.
struct Fate {
    std::string database;
    std::string store;
    std::string backup;
    std::string name;
    std::string taken;
    std::uint64_t stored_bytes = 0;
    bool keep = true;
    std::vector<std::string> reasons;
};
BOOST_DESCRIBE_STRUCT(Fate, (), (database, store, backup, name, taken, stored_bytes, keep, reasons))

struct RetentionPreview {
    std::vector<Fate> copies;
    std::uint64_t freed_bytes = 0;
    std::vector<std::string> held;  // why pruning would hold itself
};
BOOST_DESCRIBE_STRUCT(RetentionPreview, (), (copies, freed_bytes, held))

struct RetentionQuestion {
    std::optional<std::vector<model::Destination>> destinations;  // instead of the plan's own
};
BOOST_DESCRIBE_STRUCT(RetentionQuestion, (), (destinations))

namespace {

constexpr std::size_t upcoming_count = 10;

Result<Upcoming> upcoming(const std::string& text, const std::string& zone_name,
                          catalog::Time now) {
    Upcoming answer;
    if (text.empty()) {
        answer.description = "only by hand";
        return answer;
    }
    auto schedule = policy::Schedule::parse(text);
    if (!schedule) return fail(Code::invalid, "schedule: " + schedule.error().message());
    auto zone = policy::Zone::find(zone_name);
    if (!zone) return fail(zone.error().code(), "zone: " + zone.error().message());
    answer.description = schedule->describe();
    for (const auto at : schedule->upcoming(now, *zone, upcoming_count))
        answer.runs.push_back(rfc3339(at));
    return answer;
}

Result<model::Plan> plan_of(const Services& services, const Call& call) {
    return services.read([&](catalog::Session& session) {
        return catalog::plans.get(session, call.caller.organization, call.id());
    });
}

Result<Reply> run_now(const Services& services, const Call& call) {
    DS_TRY(const auto plan, plan_of(services, call));
    std::vector<model::Run> runs;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        for (const auto& id : plan.databases) {
            DS_TRY(const auto database, catalog::databases.find(session, plan.organization, id));
            if (!database || database->archived) continue;
            auto run = run_by_hand(services, call.caller, model::RunKind::backup);
            run.plan = plan.id;
            run.database = id;
            run.server = database->server;
            run.attempts_max = plan.attempts_max;
            DS_DO(catalog::enqueue(session, run));
            runs.push_back(std::move(run));
        }
        return {};
    }));
    if (runs.empty())
        return fail(Code::conflict, "the plan has no database to back up",
                    "Add a database to the plan.");
    announce(services, runs);
    Accepted accepted;
    for (const auto& run : runs) accepted.runs.push_back(run.id);
    Reply reply;
    reply.status = 202;
    reply.body = json::to_value(accepted);
    reply.headers.add("Location", "/api/v1/runs?plan=" + plan.id + "&sort=-id");
    return reply;
}

Result<Reply> upcoming_of_plan(const Services& services, const Call& call) {
    DS_TRY(const auto plan, plan_of(services, call));
    DS_TRY(const auto answer, upcoming(plan.schedule, plan.zone, services.now()));
    return Reply{200, json::to_value(answer), {}, {}};
}

Result<Reply> upcoming_of_text(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<ScheduleQuestion>(call));
    DS_TRY(const auto answer, upcoming(question.schedule, question.zone, services.now()));
    return Reply{200, json::to_value(answer), {}, {}};
}

/// Adds what would become of one database's copies in one store.
Status foresee(RetentionPreview& preview, const jobs::Holding& holding, const std::string& database,
               catalog::Time now, const policy::Zone& zone) {
    DS_TRY(const auto candidates, jobs::candidates_of(holding));
    DS_TRY(const auto decisions,
           policy::decide(holding.destination.retention, candidates, now, zone));
    if (const auto why = policy::anomaly(decisions, candidates, now, false))
        preview.held.push_back(holding.store.name + ": " + *why);
    for (std::size_t at = 0; at < decisions.size(); ++at) {
        const auto& copy = holding.copies[at];
        const auto& backup = holding.backups.at(copy.backup);
        if (!decisions[at].keep) preview.freed_bytes += copy.stored_bytes;
        preview.copies.push_back({database, holding.store.id, backup.id, backup.name, backup.taken,
                                  copy.stored_bytes, decisions[at].keep, decisions[at].reasons});
    }
    return {};
}

Result<Reply> preview_retention(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<RetentionQuestion>(call));
    DS_TRY(const auto plan, plan_of(services, call));
    DS_TRY(const auto zone, policy::Zone::find(plan.zone));
    RetentionPreview preview;
    DS_DO(services.read([&](catalog::Session& session) -> Status {
        const auto destinations = question.destinations.value_or(plan.destinations);
        DS_DO(check_retentions(destinations));
        for (const auto& destination : destinations) {
            for (const auto& database : plan.databases) {
                DS_TRY(const auto holding,
                       jobs::read_holding(session, plan.organization, database, destination));
                DS_DO(foresee(preview, holding, database, services.now(), zone));
            }
        }
        return {};
    }));
    return Reply{200, json::to_value(preview), {}, {}};
}

}  // namespace

void add_plan_actions(Router& router, const Services& services) {
    router.add({"POST",
                "/api/v1/plans/{id}/run",
                Scope::operate,
                "plans",
                "Back up now what the plan names",
                {},
                shape<Accepted>(),
                202,
                false,
                [&services](const Call& call) { return run_now(services, call); }});
    router.add({"GET",
                "/api/v1/plans/{id}/upcoming",
                Scope::read,
                "plans",
                "The plan's schedule in words, and its next ten runs",
                {},
                shape<Upcoming>(),
                200,
                false,
                [&services](const Call& call) { return upcoming_of_plan(services, call); }});
    router.add({"POST", "/api/v1/schedules/preview", Scope::read, "plans",
                "A schedule in words, and its next ten runs", asked(shape<ScheduleQuestion>()),
                shape<Upcoming>(), 200, false,
                [&services](const Call& call) { return upcoming_of_text(services, call); }});
    router.add({"POST", "/api/v1/plans/{id}/retention-preview", Scope::read, "plans",
                "What retention would keep and remove now, and why",
                asked(shape<RetentionQuestion>()), shape<RetentionPreview>(), 200, false,
                [&services](const Call& call) { return preview_retention(services, call); }});
}

}  // namespace ds::api
