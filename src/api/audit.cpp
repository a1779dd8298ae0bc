#include "api/audit.hpp"

#include <algorithm>
#include <array>

#include "catalog/act.hpp"

namespace ds::api {
namespace {

constexpr std::string_view root = "/api/v1/";

/// They change nothing.
constexpr std::array<std::string_view, 4> questions{
    "POST schedules/preview", "POST plans/{id}/retention-preview", "POST servers/{id}/role-sql",
    "POST backups/{id}/restore/preflight"};
/// GETs that let data out.
constexpr std::array<std::string_view, 4> sensitive{
    "GET audit-export/csv", "GET audit-export/jsonl", "GET backups/{id}/downloads/{code}",
    "GET servers/{id}/databases/{database}/tables/{schema}/{table}/rows"};

std::string action_of(const Route& route) {
    std::string_view pattern = route.pattern;
    if (pattern.starts_with(root)) pattern.remove_prefix(root.size());
    return fmt::format("{} {}", route.method, pattern);
}

/// "/api/v1/plans/{id}/run" is about "plans/01H…".
std::string object_of(const Route& route, const Call& call) {
    const auto found = call.path.find("id");
    if (found == call.path.end()) return {};
    const auto segments = split(std::string_view{route.pattern}.substr(1), '/');
    const auto place = std::ranges::find(segments, "{id}");
    if (place == segments.begin() || place == segments.end()) return {};
    return *std::prev(place) + "/" + printable(found->second, 80);
}

model::AuditRow draft_of(const Route& route, const Call& call) {
    model::AuditRow draft;
    draft.organization = call.caller.organization;
    draft.user = call.caller.user;
    draft.via = call.caller.scope == Scope::nobody ? "sign-in" : "session";
    draft.address = call.request.peer;
    draft.action = action_of(route);
    draft.object = object_of(route, call);
    return draft;
}

}  // namespace

Audited audited(const Route& route) {
    const auto action = action_of(route);
    const auto is_in = [&](const auto& list) {
        return std::ranges::find(list, action) != list.end();
    };
    if (is_in(sensitive)) return Audited::look;
    if (route.method == "GET" || is_in(questions) || route.pattern.ends_with("/bulk"))
        return Audited::no;
    return Audited::change;
}

std::string_view name_of(Audited audited) {
    switch (audited) {
        case Audited::no: return "no";
        case Audited::change: return "change";
        case Audited::look: return "look";
    }
    return "no";
}

Handle with_audit(const Services& services, const Route& route) {
    if (audited(route) == Audited::no) return route.handle;
    return [&services, route](const Call& call) -> Result<Reply> {
        catalog::Act act{services.office.vault, [&services] { return services.now(); },
                         draft_of(route, call), call.caller.token};
        auto reply = route.handle(call);
        if (act.entered() || (!reply && !act.noted())) return reply;
        // No transaction of its own said so: it looked, it reached out, or it was refused.
        DS_DO(services.write([&](catalog::Session& session) { return act.enter(session); }));
        return reply;
    };
}

void audit_refusal(const model::User& user, std::string_view why) {
    auto* act = catalog::Act::current();
    if (act == nullptr) return;
    act->identify(user.organization, user.id);
    act->add("users/" + user.id, "refused", std::string{why});
}

}  // namespace ds::api
