#include <set>

#include "api/row_rules.hpp"
#include "codec/codec.hpp"
#include "policy/retention.hpp"
#include "policy/schedule.hpp"

namespace ds::api {
namespace {

constexpr std::size_t databases_max = 1000;
constexpr std::size_t destinations_max = 20;
constexpr std::size_t keys_max = 50;

struct Range {
    std::string_view field;
    std::uint64_t value, least, most;
};

Status check_ranges(const model::Plan& plan) {
    constexpr std::uint64_t day = 86'400;  // seconds
    for (const auto& [field, value, least, most] :
         {Range{"verify_level", plan.verify_level, 1, 4},
          Range{"attempts_max", plan.attempts_max, 1, 10},
          Range{"jitter_seconds", plan.jitter_seconds, 0, day},
          Range{"stall_seconds", plan.stall_seconds, 10, day}}) {
        if (value < least || value > most)
            return fail(Code::invalid, fmt::format("{}: from {} to {}", field, least, most));
    }
    return {};
}

/// Each id is there, and once: a database twice would be backed up twice, a store twice has two
/// retentions.
template <class T>
Status check_ids(catalog::Session& session, const Caller& caller, const catalog::Table<T>& table,
                 const std::vector<std::string>& ids, std::size_t most, std::string_view list,
                 std::string_view field = "") {
    if (ids.size() > most) return fail(Code::invalid, fmt::format("{}: more than {}", list, most));
    std::set<std::string> seen;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        const auto place = fmt::format("{}[{}]{}", list, at, field);
        DS_DO(check_there(session, caller, table, ids[at], place));
        if (!seen.insert(ids[at]).second)
            return fail(Code::invalid, place + ": is named before", "Once is enough.");
    }
    return {};
}

/// What a parser refuses, with the field it stood in.
template <class T>
Status within(std::string_view field, const Result<T>& parsed) {
    if (parsed) return {};
    const auto& error = parsed.error();
    return fail(error.code(), fmt::format("{}: {}", field, error.message()), error.hint());
}

Status check_forms(const model::Plan& plan) {
    DS_DO(within("compression", codec::Compression::parse(plan.compression)));
    DS_DO(within("zone", policy::Zone::find(plan.zone)));
    if (!plan.schedule.empty()) DS_DO(within("schedule", policy::Schedule::parse(plan.schedule)));
    if (plan.verify_schedule.empty()) return {};
    return within("verify_schedule", policy::Schedule::parse(plan.verify_schedule));
}

/// What starts by itself must have something to do; a plan that is paused may be a draft.
Status check_complete(const model::Plan& plan) {
    constexpr auto hint = "Name one, or keep the plan as a draft: \"paused\": true.";
    if (plan.paused) return {};
    if (plan.databases.empty()) return fail(Code::invalid, "databases: at least one", hint);
    if (plan.destinations.empty()) return fail(Code::invalid, "destinations: at least one", hint);
    if (plan.encrypted && plan.keys.empty())
        return fail(Code::invalid, "keys: an encrypting plan needs a key",
                    "Name one, or set encrypted to false.");
    return {};
}

}  // namespace

Status check_retentions(const std::vector<model::Destination>& destinations) {
    for (std::size_t at = 0; at < destinations.size(); ++at) {
        const auto status = policy::check(destinations[at].retention);
        if (!status)
            return fail(status.error().code(),
                        fmt::format("destinations[{}].retention.{}", at, status.error().message()),
                        status.error().hint());
    }
    return {};
}

Status check_plan_values(const model::Plan& plan) {
    DS_DO(check_retentions(plan.destinations));
    DS_DO(check_ranges(plan));
    return check_forms(plan);
}

Status check_plan(catalog::Session& session, const Caller& caller, const model::Plan& plan) {
    DS_DO(check_name(plan.name));
    std::vector<std::string> stores;
    for (const auto& destination : plan.destinations) stores.push_back(destination.store);
    DS_DO(check_ids(session, caller, catalog::stores, stores, destinations_max, "destinations",
                    ".store"));
    DS_DO(
        check_ids(session, caller, catalog::databases, plan.databases, databases_max, "databases"));
    DS_DO(check_ids(session, caller, catalog::keys, plan.keys, keys_max, "keys"));
    DS_DO(check_plan_values(plan));
    return check_complete(plan);
}

}  // namespace ds::api
