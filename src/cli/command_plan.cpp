#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/watching.hpp"
#include "model/plan.hpp"

namespace ds::cli {
namespace {

constexpr std::size_t plans_max = 10'000;

struct PlanRow {
    std::string id, name;
    std::vector<std::string> databases;
    std::vector<model::Destination> destinations;
    std::string schedule, zone, next_run, verify_schedule;
    std::uint64_t verify_level = 0;
    bool encrypted = true, paused = false;
};
BOOST_DESCRIBE_STRUCT(PlanRow, (),
                      (id, name, databases, destinations, schedule, zone, next_run, verify_schedule,
                       verify_level, encrypted, paused))

struct Upcoming {
    std::string description;
    std::vector<std::string> runs;
};
BOOST_DESCRIBE_STRUCT(Upcoming, (), (description, runs))

struct Accepted {
    std::vector<std::string> runs;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (runs))

struct FateRow {
    std::string database, store, name, taken;
    std::uint64_t stored_bytes = 0;
    bool keep = true;
    std::vector<std::string> reasons;
};
BOOST_DESCRIBE_STRUCT(FateRow, (), (database, store, name, taken, stored_bytes, keep, reasons))

struct PreviewRow {
    std::vector<FateRow> copies;
    std::uint64_t freed_bytes = 0;
    std::vector<std::string> held;
};
BOOST_DESCRIBE_STRUCT(PreviewRow, (), (copies, freed_bytes, held))

std::string schedule_of(const std::string& schedule, const std::string& zone) {
    return schedule.empty() ? "by hand" : printable(schedule + " " + zone, 60);
}

void tell(const PlanRow& plan, const Upcoming& upcoming, const std::vector<std::string>& databases,
          const std::vector<std::string>& stores, const Console& console) {
    console.line(console.bold(printable(plan.name, 200)));
    console.line("  id         " + plan.id);
    console.line("  databases  " + join(databases, ", "));
    console.line("  stores     " + join(stores, ", "));
    console.line(fmt::format("  runs       {}{}", printable(upcoming.description, 200),
                             plan.paused ? ", but it is paused" : ""));
    if (!upcoming.runs.empty()) console.line("  next       " + upcoming.runs.front());
    console.line(fmt::format("  proof      {}, level {}",
                             schedule_of(plan.verify_schedule, plan.zone), plan.verify_level));
    console.line(fmt::format("  encrypted  {}", plan.encrypted ? "yes" : "no"));
}

/// The names of rows that are known by id.
Result<std::vector<std::string>> names_of(Remote& remote, const std::string& path,
                                          const std::vector<std::string>& ids) {
    std::vector<std::string> names;
    for (const auto& id : ids) {
        DS_TRY(const auto row, remote.get(path + "/" + id));
        names.push_back(printable(text_in(row, "name"), 100));
    }
    return names;
}

Status show_plan(const NamedOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto row, remote->find("plans", options.name));
    DS_TRY(const auto plan, row_as<PlanRow>(row));
    DS_TRY(const auto next, remote->get("plans/" + plan.id + "/upcoming"));
    DS_TRY(const auto upcoming, row_as<Upcoming>(next));
    std::vector<std::string> store_ids;
    for (const auto& destination : plan.destinations) store_ids.push_back(destination.store);
    DS_TRY(const auto databases, names_of(*remote, "databases", plan.databases));
    DS_TRY(const auto stores, names_of(*remote, "stores", store_ids));
    session.console.result(json::bj::object{{"plan", row}, {"upcoming", next}});
    tell(plan, upcoming, databases, stores, session.console);
    return {};
}

Status list_plans(const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto rows, remote->list("plans", {{"sort", "name"}}, plans_max));
    DS_TRY(const auto plans, rows_as<PlanRow>(rows.items));
    session.console.result(json::bj::object{{"plans", rows.items}, {"more", rows.more}});
    if (plans.empty()) {
        session.console.line("no plans");
        return {};
    }
    std::vector<std::vector<std::string>> table{
        {"NAME", "SCHEDULE", "NEXT RUN", "DATABASES", "STORES"}};
    for (const auto& plan : plans) {
        table.push_back({printable(plan.name, 60), schedule_of(plan.schedule, plan.zone),
                         plan.paused ? "paused" : plan.next_run,
                         std::to_string(plan.databases.size()),
                         std::to_string(plan.destinations.size())});
    }
    session.console.table(table, {false, false, false, true, true});
    return {};
}

Status preview_plan(const NamedOptions& options, const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto plan, remote->find("plans", options.name));
    DS_TRY(const auto answer, remote->post("plans/" + text_in(plan, "id") + "/retention-preview"));
    DS_TRY(const auto preview, row_as<PreviewRow>(answer));
    DS_TRY(const auto databases, remote->names("databases"));
    DS_TRY(const auto stores, remote->names("stores"));
    console.result(json::bj::object{{"preview", answer}});
    std::vector<std::vector<std::string>> table{
        {"BACKUP", "DATABASE", "STORE", "TAKEN", "STORED", "", "WHY"}};
    for (const auto& one : preview.copies) {
        table.push_back({printable(one.name, 100), databases.of(one.database), stores.of(one.store),
                         one.taken, human_bytes(one.stored_bytes), one.keep ? "stays" : "goes",
                         printable(join(one.reasons, ", "), 200)});
    }
    if (table.size() > 1) console.table(table, {false, false, false, false, true, false, false});
    console.line(fmt::format("{} would be freed", human_bytes(preview.freed_bytes)));
    for (const auto& why : preview.held) console.line("held: " + printable(why, 400));
    return {};
}

Status pause_plan(const NamedOptions& options, bool paused, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto found, remote->find("plans", options.name));
    DS_TRY(const auto row, remote->patch("plans/" + text_in(found, "id"), {{"paused", paused}}));
    session.console.result(json::bj::object{{"plan", row}});
    session.console.line(fmt::format("{} {}", printable(text_in(row, "name"), 200),
                                     paused ? "is paused" : "goes on"));
    return {};
}

}  // namespace

ExitStatus plan_list(const Session& session) { return session.end_with(list_plans(session)); }

ExitStatus plan_show(const NamedOptions& options, const Session& session) {
    return session.end_with(show_plan(options, session));
}

ExitStatus plan_preview(const NamedOptions& options, const Session& session) {
    return session.end_with(preview_plan(options, session));
}

ExitStatus plan_pause(const NamedOptions& options, bool paused, const Session& session) {
    return session.end_with(pause_plan(options, paused, session));
}

ExitStatus plan_run(const NamedOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto remote = open_remote(session);
    if (!remote) return console.error(remote.error());
    const auto plan = (*remote)->find("plans", options.name);
    if (!plan) return console.error(plan.error());
    const auto answer = (*remote)->post("plans/" + text_in(*plan, "id") + "/run");
    if (!answer) return console.error(answer.error());
    const auto accepted = row_as<Accepted>(*answer);
    if (!accepted) return console.error(accepted.error());
    return tell_started(**remote, accepted->runs, options.wait, session);
}

}  // namespace ds::cli
