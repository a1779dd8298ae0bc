#include "api/caller.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/sign_in_places.hpp"
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

struct Whoami {
    std::string organization;
    std::string user;
    std::string name;
    std::string scope;
};
BOOST_DESCRIBE_STRUCT(Whoami, (), (organization, user, name, scope))

struct TokenQuestion {
    std::string name;
    std::vector<std::string> scopes;
    std::string expires;
};
BOOST_DESCRIBE_STRUCT(TokenQuestion, (), (name, scopes, expires))

namespace {

constexpr std::chrono::hours session_life{24 * 14};
constexpr std::size_t password_bytes_min = 10;

std::vector<std::string> scopes_of(model::Role role) {
    switch (role) {
        case model::Role::viewer: return {"read"};
        case model::Role::operator_: return {"read", "operate"};
        case model::Role::admin:
        case model::Role::owner: return {"read", "operate", "administer"};
    }
    return {};
}

Result<NewToken> begin_session(catalog::Session& session, const model::User& user,
                               catalog::Time now) {
    model::Token token;
    token.organization = user.organization;
    token.name = "session of " + user.name;
    token.kind = "session";
    token.user = user.id;
    token.scopes = scopes_of(user.role);
    token.expires = rfc3339(now + session_life);
    return make_token(session, std::move(token), now);
}

Reply created(const NewToken& token) {
    Reply reply{201, json::to_value(token), {}, {}};
    reply.headers.add("Cache-Control", "no-store");
    return reply;
}

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
    if (question.name.empty()) return fail(Code::invalid, "name: missing");
    if (question.password.size() < password_bytes_min)
        return fail(Code::invalid, "password: at least 10 characters");
    DS_TRY(auto hash, crypto::hash_password(question.password));
    NewToken token;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto user, make_first_admin(session, question.organization, question.name,
                                                 std::move(hash), services.now()));
        DS_TRY(token, begin_session(session, user, services.now()));
        return note_place(services, session, user, call.request);
    }));
    log_sign_in(services, call, question.name, true);
    return created(token);
}

/// As costly for a name that is not there as for one that is.
bool is_right(const std::vector<model::User>& found, const std::string& password) {
    static const auto nobody = crypto::hash_password("nobody's password");
    const auto& hash = found.empty() ? nobody.value_or("") : found.front().password_hash;
    return crypto::is_password(password, hash) && !found.empty();
}

Result<Reply> sign_in(const Services& services, const Call& call) {
    DS_TRY(const auto credentials, read_body<Credentials>(call));
    DS_TRY(const auto found, services.read([&](catalog::Session& session) {
        return catalog::users.select(session, "WHERE name = ?", {credentials.name});
    }));
    if (!is_right(found, credentials.password)) {
        log_sign_in(services, call, found.empty() ? "" : found.front().name, false);
        return fail(Code::unauthenticated, "name or password is wrong");
    }
    NewToken token;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(token, begin_session(session, found.front(), services.now()));
        return note_place(services, session, found.front(), call.request);
    }));
    log_sign_in(services, call, credentials.name, true);
    return created(token);
}

Result<Reply> sign_out(const Services& services, const Call& call) {
    DS_DO(services.write([&](catalog::Session& session) {
        return catalog::tokens.remove(session, call.caller.organization, call.caller.token);
    }));
    return Reply{204, {}, {}, {}};
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

/// Nobody gives more than they have.
Status check_token(const TokenQuestion& question, const Caller& caller, catalog::Time now) {
    if (question.name.empty()) return fail(Code::invalid, "name: missing");
    if (question.scopes.empty())
        return fail(Code::invalid, "scopes: missing", "Give read, operate or administer.");
    for (std::size_t at = 0; at < question.scopes.size(); ++at) {
        const auto scope = scope_named(question.scopes[at]);
        if (!scope)
            return fail(Code::invalid,
                        fmt::format("scopes[{}]: not read, operate or administer", at));
        if (*scope > caller.scope)
            return fail(Code::denied, "a token cannot have more rights than whoever makes it");
    }
    if (question.expires.empty()) return {};
    const auto expires = from_rfc3339(question.expires);
    if (!expires) return fail(Code::invalid, "expires: " + expires.error().message());
    if (*expires <= now) return fail(Code::invalid, "expires: is over already");
    return {};
}

Result<Reply> new_token(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<TokenQuestion>(call));
    DS_DO(check_token(question, call.caller, services.now()));
    model::Token row;
    row.organization = call.caller.organization;
    row.name = question.name;
    row.kind = "token";
    row.user = call.caller.user;
    row.scopes = question.scopes;
    row.expires = question.expires;
    NewToken token;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(token, make_token(session, row, services.now()));
        return {};
    }));
    return created(token);
}

}  // namespace

void add_sign_in(Router& router, const Services& services) {
    router.add({"GET",
                "/api/v1/setup",
                Scope::nobody,
                "sign-in",
                "Whether the first administrator is still to be made",
                {},
                shape<SetupState>(),
                200,
                false,
                [&services](const Call&) { return setup_state(services); }});
    router.add({"POST", "/api/v1/setup", Scope::nobody, "sign-in", "Make the first administrator",
                asked(shape<SetupQuestion>(), {"secret", "name", "password"}), shape<NewToken>(),
                201, false, [&services](const Call& call) { return setup(services, call); }});
    router.add({"POST", "/api/v1/session", Scope::nobody, "sign-in", "Sign in",
                asked(shape<Credentials>(), {"name", "password"}), shape<NewToken>(), 201, false,
                [&services](const Call& call) { return sign_in(services, call); }});
    router.add({"GET",
                "/api/v1/session",
                Scope::read,
                "sign-in",
                "Who I am",
                {},
                shape<Whoami>(),
                200,
                false,
                [&services](const Call& call) { return whoami(services, call); }});
    router.add({"DELETE",
                "/api/v1/session",
                Scope::read,
                "sign-in",
                "Sign out",
                {},
                {},
                204,
                false,
                [&services](const Call& call) { return sign_out(services, call); }});
    router.add({"POST", "/api/v1/tokens", Scope::administer, "tokens", "Make a token for a program",
                asked(shape<TokenQuestion>(), {"name", "scopes"}), shape<NewToken>(), 201, false,
                [&services](const Call& call) { return new_token(services, call); }});
    Resource<model::Token> tokens{catalog::tokens, "tokens", "token", {}, {"name"}};
    tokens.hidden = {"hash"};
    tokens.creates = false;
    add_resource(router, services, std::move(tokens));
}

}  // namespace ds::api
