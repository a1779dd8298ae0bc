#include "api/adding.hpp"
#include "api/people_rules.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/sign_in_limits.hpp"
#include "api/sign_in_places.hpp"
#include "api/user_sessions.hpp"
#include "base/bytes.hpp"
#include "crypto/password.hpp"
#include "crypto/sha256.hpp"
#include "sys/random.hpp"

// How somebody becomes a member: a link, good once and for some days.
namespace ds::api {

struct InvitationQuestion {
    std::string name;  // for whom
    model::Role role = model::Role::viewer;
    std::uint64_t days = 7;
};
BOOST_DESCRIBE_STRUCT(InvitationQuestion, (), (name, role, days))

struct NewInvitation {
    std::string id;
    std::string token;
    std::string path;  // of the link, behind the server's own address; browsers send no fragment
    std::string expires;
};
BOOST_DESCRIBE_STRUCT(NewInvitation, (), (id, token, path, expires))

struct Acceptance {
    std::string token;
    std::string name;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(Acceptance, (), (token, name, password))

namespace {

constexpr std::string_view prefix = "dsi_";
constexpr std::size_t secret_bytes = 32;
constexpr std::uint64_t days_max = 30;

std::string hash_of(std::string_view token) { return crypto::sha256_hex(view_of(token)); }

Result<Reply> invite(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<InvitationQuestion>(call));
    DS_DO(check_user_name(question.name));
    DS_DO(check_power_over(call.caller, question.role));
    if (question.days == 0 || question.days > days_max)
        return fail(Code::invalid, "days: from 1 to 30");
    const auto token = std::string{prefix} + to_hex(sys::random_bytes(secret_bytes));
    model::Invitation row;
    catalog::begin_record(row, call.caller.organization, services.now());
    row.name = question.name;
    row.role = question.role;
    row.made_by = call.caller.user;
    row.hash = hash_of(token);
    row.expires = rfc3339(services.now() + std::chrono::hours{24 * question.days});
    DS_DO(services.write(
        [&](catalog::Session& session) { return catalog::invitations.insert(session, row); }));
    services.events.changed(row.organization, "invitation", row.id);
    Reply reply{201,
                json::to_value(NewInvitation{row.id, token, "/invitation#" + token, row.expires}),
                {},
                {}};
    reply.headers.add("Cache-Control", "no-store");
    return reply;
}

/// The invitation, which is used up. Whoever made it must still have the power to.
Result<model::Invitation> take(catalog::Session& session, const std::string& token,
                               catalog::Time now) {
    DS_TRY(const auto found, catalog::invitations.select(session, "WHERE hash = ? AND expires > ?",
                                                         {hash_of(token), rfc3339(now)}));
    const auto over = fail(Code::denied, "the invitation is not valid (any more)",
                           "It is good once, and for some days. Ask for a new one.");
    if (found.empty()) return over;
    const auto& one = found.front();
    DS_TRY(const auto maker, catalog::users.find(session, one.organization, one.made_by));
    if (!maker || scope_of(maker->role) < Scope::administer || maker->role < one.role) return over;
    DS_TRY([[maybe_unused]] const auto gone,
           session.run("DELETE FROM invitations WHERE id = ?", {one.id}));
    if (session.changed() != 1) return over;
    return one;
}

Result<Reply> accept(const Services& services, const Call& call) {
    DS_TRY(const auto acceptance, read_body<Acceptance>(call));
    DS_DO(check_user_name(acceptance.name));
    DS_DO(check_new_password(acceptance.password, acceptance.name));
    const std::vector<std::string> keys{address_key(call.request)};
    DS_DO(begin_attempt(services, keys));
    DS_TRY(auto hash, crypto::hash_password(acceptance.password));
    SignedIn signed_in;
    model::User user;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto invitation, take(session, acceptance.token, services.now()));
        catalog::begin_record(user, invitation.organization, services.now());
        user.name = acceptance.name;
        user.password_hash = std::move(hash);
        user.role = invitation.role;
        DS_DO(insert_user(session, user));
        DS_TRY(signed_in, begin_session(services, session, user, call.request));
        DS_DO(end_attempt(session, keys));
        return note_place(services, session, user, call.request);
    }));
    services.events.changed(user.organization, "member", user.id);
    return welcome(std::move(signed_in), call.request, 201);
}

}  // namespace

void add_invitations(Router& router, const Services& services) {
    Resource<model::Invitation> invitations{
        catalog::invitations, "invitations", "invitation", {}, {"name"}, {"hash"}};
    invitations.creates = false;
    add_resource(router, services, std::move(invitations));
    Adding add{router, services, "invitations"};
    add("POST", "invitations", Scope::administer, "Invite somebody; the link is told this once",
        shape<InvitationQuestion>(), shape<NewInvitation>(), 201, invite);
    add("POST", "invitations/accept", Scope::nobody, "Become a member, by an invitation's link",
        shape<Acceptance>(), shape<SignedIn>(), 201, accept);
}

}  // namespace ds::api
