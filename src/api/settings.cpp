#include "jobs/service/settings.hpp"

#include "api/resource.hpp"
#include "api/routes.hpp"

namespace ds::api {
namespace {

const Names writable{"zone", "prune_grace_seconds", "audit_keep_days", "plan",
                     "require_second_factor"};
const Names hidden{"id", "organization"};
constexpr std::uint64_t prune_grace_max = 7'776'000;  // 90 days, in seconds
constexpr std::uint64_t audit_keep_days_max = 36'500;

Reply reply(const model::Settings& settings) {
    Reply reply{200, shown(settings, hidden), {}, {}};
    reply.headers.add("ETag", etag_of(settings.version));
    return reply;
}

/// As a plan would be that has them.
Status check(const model::Settings& settings) {
    if (settings.prune_grace_seconds > prune_grace_max)
        return fail(Code::invalid, fmt::format("prune_grace_seconds: at most {}", prune_grace_max));
    if (settings.audit_keep_days > audit_keep_days_max)
        return fail(Code::invalid, fmt::format("audit_keep_days: at most {}", audit_keep_days_max));
    model::Plan plan;
    plan.zone = settings.zone;
    plan.compression = settings.plan.compression;
    plan.attempts_max = settings.plan.attempts_max;
    plan.stall_seconds = settings.plan.stall_seconds;
    plan.verify_schedule = settings.plan.verify_schedule;
    plan.verify_level = settings.plan.verify_level;
    plan.destinations = {{"", settings.plan.retention}};
    return check_plan_values(plan);
}

Result<Reply> show(const Services& services, const Call& call) {
    DS_TRY(const auto settings, services.read([&](catalog::Session& session) {
        return jobs::settings_of(session, services.office, call.caller.organization);
    }));
    return reply(settings);
}

Result<Reply> change(const Services& services, const Call& call) {
    DS_TRY(const auto body, call.body());
    model::Settings settings;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(settings, jobs::settings_of(session, services.office, call.caller.organization));
        DS_DO(check_if_match(call, settings.version));
        DS_DO(apply(settings, body, writable));
        DS_DO(check(settings));
        settings.changed = rfc3339(services.now());
        if (settings.version > 0) return catalog::settings.update(session, settings);
        settings.version = 1;
        return catalog::settings.insert(session, settings);
    }));
    services.events.changed(call.caller.organization, "settings", call.caller.organization);
    return reply(settings);
}

}  // namespace

Result<json::bj::object> with_plan_defaults(catalog::Session& session, const Services& services,
                                            const Caller& caller, json::bj::object body) {
    DS_TRY(const auto settings, jobs::settings_of(session, services.office, caller.organization));
    auto defaults = json::to_value(settings.plan).get_object();
    const auto retention = defaults.at("retention");
    defaults.erase("retention");
    defaults["zone"] = settings.zone;
    for (auto& [name, value] : defaults) body.emplace(name, value);
    auto* destinations = body.if_contains("destinations");
    if (destinations == nullptr || !destinations->is_array()) return body;
    for (auto& destination : destinations->get_array()) {
        if (auto* object = destination.if_object()) object->emplace("retention", retention);
    }
    return body;
}

void add_settings(Router& router, const Services& services) {
    const auto whole = without(shape<model::Settings>(), hidden);
    router.add({"GET",
                "/api/v1/settings",
                Scope::read,
                "settings",
                "What this organization has chosen",
                {},
                whole,
                200,
                false,
                [&services](const Call& call) { return show(services, call); }});
    router.add({"PATCH", "/api/v1/settings", Scope::administer, "settings", "Change the settings",
                body_of(shape<model::Settings>(), {"settings_change", writable}), whole, 200, false,
                [&services](const Call& call) { return change(services, call); }});
}

}  // namespace ds::api
