#include "api/adding.hpp"
#include "api/people_rules.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/user_sessions.hpp"

// Who belongs to the organization, and what they may.
namespace ds::api {

struct RoleQuestion {
    model::Role role = model::Role::viewer;
};
BOOST_DESCRIBE_STRUCT(RoleQuestion, (), (role))

namespace {

const Names hidden{"password_hash", "organization"};

Result<Reply> change_role(const Services& services, const Call& call) {
    DS_TRY(const auto body, call.body());
    if (!body.contains("role")) return fail(Code::invalid, "role: missing");
    DS_TRY(const auto question, read_body<RoleQuestion>(call));
    model::User user;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(user, catalog::users.get(session, call.caller.organization, call.id()));
        DS_DO(check_if_match(call, user.version));
        DS_DO(check_power_over(call.caller, std::max(user.role, question.role)));
        if (question.role != model::Role::owner) DS_DO(check_not_last_owner(session, user));
        user.role = question.role;
        user.changed = rfc3339(services.now());
        return catalog::users.update(session, user);
    }));
    services.events.changed(user.organization, "member", user.id);
    Reply reply{200, shown(user, hidden), {}, {}};
    reply.headers.add("ETag", etag_of(user.version));
    return reply;
}

Result<Reply> remove_member(const Services& services, const Call& call) {
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto user, catalog::users.get(session, call.caller.organization, call.id()));
        DS_DO(check_if_match(call, user.version));
        DS_DO(check_power_over(call.caller, user.role));
        DS_DO(check_not_last_owner(session, user));
        return remove_user(session, user);
    }));
    services.events.changed(call.caller.organization, "member", call.id());
    return Reply{204, {}, {}, {}};
}

/// For whoever lost their telephone, or is not to be there any more: all sessions end, at once.
Result<Reply> end_sessions_of(const Services& services, const Call& call) {
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto user, catalog::users.get(session, call.caller.organization, call.id()));
        DS_DO(check_power_over(call.caller, user.role));
        DS_TRY([[maybe_unused]] const auto ended,
               end_sessions(session, user.organization, user.id));
        return {};
    }));
    return Reply{204, {}, {}, {}};
}

}  // namespace

void add_members(Router& router, const Services& services) {
    Resource<model::User> members{catalog::users,    "members",        "member", {},
                                  {"name", "email"}, {"password_hash"}};
    members.creates = members.removes = false;
    add_resource(router, services, std::move(members));
    Adding add{router, services, "members"};
    add("PATCH", "members/{id}", Scope::administer, "Change a member's role", shape<RoleQuestion>(),
        without(shape<model::User>(), hidden), 200, change_role);
    add("DELETE", "members/{id}", Scope::administer,
        "Remove a member, with their sessions and tokens", {}, {}, 204, remove_member);
    add("DELETE", "members/{id}/sessions", Scope::administer, "Sign a member out everywhere", {},
        {}, 204, end_sessions_of);
}

}  // namespace ds::api
