#include "api/adding.hpp"
#include "api/audit.hpp"
#include "api/caller.hpp"
#include "api/people_rules.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/second_factor.hpp"
#include "api/sign_in_limits.hpp"
#include "api/sign_in_places.hpp"
#include "api/user_sessions.hpp"
#include "crypto/password.hpp"

namespace ds::api {

struct SetupState {
    bool needed = false;
};
BOOST_DESCRIBE_STRUCT(SetupState, (), (needed))

struct SetupQuestion {
    std::string secret;  // from the server's terminal
    std::string organization = "default";
    std::string name;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(SetupQuestion, (), (secret, organization, name, password))

struct Credentials {
    std::string name;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (name, password))

struct SecondStep {
    std::string token;  // of the first step
    std::string code;   // of the authenticator, or a recovery code
};
BOOST_DESCRIBE_STRUCT(SecondStep, (), (token, code))

struct Whoami {
    std::string organization;
    std::string user;
    std::string name;
    std::string scope;
};
BOOST_DESCRIBE_STRUCT(Whoami, (), (organization, user, name, scope))

namespace {

/// `name`: of a user that there is. What else people type there may be their password.
void log_sign_in(const Services& services, const Call& call, const std::string& name, bool right) {
    services.office.log.write(right ? sys::LogLevel::info : sys::LogLevel::warning,
                              right ? "sign_in.succeeded" : "sign_in.failed",
                              right ? "somebody signed in" : "somebody could not sign in",
                              {{"user", name}, {"peer", call.request.peer}});
}

Result<Reply> setup_state(const Services& services) {
    DS_TRY(const auto needed, services.read(needs_setup));
    return Reply{200, json::to_value(SetupState{needed}), {}, {}};
}

Result<Reply> setup(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<SetupQuestion>(call));
    if (services.setup_secret.empty() ||
        !crypto::same_secret(question.secret, services.setup_secret)) {
        return fail(Code::denied, "the setup secret is not right",
                    "It is in the link that the server prints when it starts without users.");
    }
    DS_DO(check_user_name(question.name));
    DS_DO(check_new_password(question.password, question.name));
    DS_TRY(auto hash, crypto::hash_password(question.password));
    SignedIn signed_in;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto user, make_first_admin(session, question.organization, question.name,
                                                 std::move(hash), services.now()));
        DS_TRY(signed_in, begin_session(services, session, user, call.request));
        return note_place(services, session, user, call.request);
    }));
    log_sign_in(services, call, question.name, true);
    return welcome(std::move(signed_in), call.request, 201);
}

/// As costly for a name that is not there as for one that is.
bool is_right(const std::vector<model::User>& found, const std::string& password) {
    static const auto nobody = crypto::hash_password("nobody's password");
    const auto& hash = found.empty() ? nobody.value_or("") : found.front().password_hash;
    return crypto::is_password(password, hash) && !found.empty();
}

/// Behind the right password. Failures before it are forgiven once the whole sign-in is done, so
/// that the password alone does not buy more tries at the second factor.
Result<SignedIn> let_in(const Services& services, catalog::Session& session,
                        const model::User& user, const http::Request& request) {
    DS_TRY(const auto factor, factor_in_force(session, user));
    if (factor) return begin_second_step(services, session, user, request);
    DS_DO(forgive(session, account_key(user)));
    DS_TRY(auto signed_in, begin_session(services, session, user, request));
    DS_DO(note_place(services, session, user, request));
    return signed_in;
}

Result<Reply> sign_in(const Services& services, const Call& call) {
    DS_TRY(const auto credentials, read_body<Credentials>(call));
    DS_TRY(const auto found, services.read([&](catalog::Session& session) {
        return catalog::users.select(session, "WHERE name = ?", {credentials.name});
    }));
    const std::vector<std::string> keys{
        found.empty() ? unknown_key(credentials.name) : account_key(found.front()),
        address_key(call.request)};
    DS_DO(begin_attempt(services, keys));
    if (!is_right(found, credentials.password)) {
        log_sign_in(services, call, found.empty() ? "" : found.front().name, false);
        if (!found.empty()) audit_refusal(found.front(), "the password was wrong");
        return fail(Code::unauthenticated, "name or password is wrong");
    }
    const auto& user = found.front();
    SignedIn signed_in;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_DO(end_attempt(session, keys));
        DS_TRY(signed_in, let_in(services, session, user, call.request));
        return {};
    }));
    if (!signed_in.second_factor_needed) log_sign_in(services, call, user.name, true);
    return welcome(std::move(signed_in), call.request, 201);
}

Result<Reply> second_step(const Services& services, const Call& call) {
    DS_TRY(const auto step, read_body<SecondStep>(call));
    DS_TRY(const auto holder, holder_of(services, step.token));
    const auto& user = holder.user;
    if (!holder.session.pending)
        return fail(Code::unauthenticated, "this is not the token of a second step");
    const std::vector<std::string> keys{account_key(user), address_key(call.request)};
    DS_DO(begin_attempt(services, keys));
    SignedIn signed_in;
    const auto done = services.write([&](catalog::Session& session) -> Status {
        DS_TRY(auto factor, factor_in_force(session, user));
        if (factor) DS_DO(use_code(services, session, *factor, step.code));
        // Whoever sends the same once more is too late.
        DS_DO(catalog::sessions.remove(session, user.organization, holder.session.id));
        DS_TRY(signed_in, begin_session(services, session, user, call.request));
        DS_DO(end_attempt(session, keys));
        DS_DO(forgive(session, account_key(user)));
        return note_place(services, session, user, call.request);
    });
    log_sign_in(services, call, user.name, done.has_value());
    if (!done && done.error().code() == Code::denied)
        return fail(Code::unauthenticated, done.error().message(), done.error().hint());
    DS_DO(done);
    return welcome(std::move(signed_in), call.request, 201);
}

Result<Reply> sign_out(const Services& services, const Call& call) {
    const auto& caller = call.caller;
    DS_DO(services.write([&](catalog::Session& session) {
        return caller.person ? catalog::sessions.remove(session, caller.organization, caller.token)
                             : catalog::tokens.remove(session, caller.organization, caller.token);
    }));
    Reply reply{204, {}, {}, {}};
    forget_cookie(reply, call.request);
    return reply;
}

Result<Reply> whoami(const Services& services, const Call& call) {
    Whoami who{{}, call.caller.user, {}, std::string{name_of(call.caller.scope)}};
    DS_DO(services.read([&](catalog::Session& session) -> Status {
        const auto& id = call.caller.organization;
        DS_TRY(const auto organization, catalog::organizations.get(session, id, id));
        DS_TRY(const auto user, catalog::users.find(session, id, call.caller.user));
        who.organization = organization.name;
        if (user) who.name = user->name;
        return {};
    }));
    return Reply{200, json::to_value(who), {}, {}};
}

}  // namespace

void add_sign_in(Router& router, const Services& services) {
    Adding add{router, services, "sign-in"};
    add("GET", "setup", Scope::nobody, "Whether the first administrator is still to be made", {},
        shape<SetupState>(), 200, [](const Services& s, const Call&) { return setup_state(s); });
    add("POST", "setup", Scope::nobody, "Make the first administrator",
        asked(shape<SetupQuestion>(), {"secret", "name", "password"}), shape<SignedIn>(), 201,
        setup);
    add("POST", "session", Scope::nobody, "Sign in",
        asked(shape<Credentials>(), {"name", "password"}), shape<SignedIn>(), 201, sign_in);
    add("POST", "session/second-factor", Scope::nobody,
        "Sign in, the second step: a code of the authenticator, or a recovery code",
        asked(shape<SecondStep>(), {"token", "code"}), shape<SignedIn>(), 201, second_step);
    add("GET", "session", Scope::signed_in, "Who I am", {}, shape<Whoami>(), 200, whoami);
    add("DELETE", "session", Scope::signed_in, "Sign out", {}, {}, 204, sign_out);
}

}  // namespace ds::api
