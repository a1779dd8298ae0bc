#include "api/adding.hpp"
#include "api/caller.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "net/address.hpp"

// Tokens for programs.
namespace ds::api {

struct TokenQuestion {
    std::string name;
    std::vector<std::string> scopes;
    std::string expires;
    std::vector<std::string> addresses;  // "203.0.113.0/24": good from there alone
};
BOOST_DESCRIBE_STRUCT(TokenQuestion, (), (name, scopes, expires, addresses))

namespace {

constexpr std::size_t addresses_max = 100;

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
    if (question.addresses.size() > addresses_max)
        return fail(Code::invalid, "addresses: at most 100");
    for (std::size_t at = 0; at < question.addresses.size(); ++at) {
        const auto network = net::Network::parse(question.addresses[at]);
        if (!network)
            return fail(Code::invalid,
                        fmt::format("addresses[{}]: {}", at, network.error().message()));
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
    row.addresses = question.addresses;
    NewToken token;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(token, make_token(session, row, services.now()));
        return {};
    }));
    Reply reply{201, json::to_value(token), {}, {}};
    reply.headers.add("Cache-Control", "no-store");
    return reply;
}

}  // namespace

void add_tokens(Router& router, const Services& services) {
    Adding add{router, services, "tokens"};
    add("POST", "tokens", Scope::administer, "Make a token for a program", shape<TokenQuestion>(),
        shape<NewToken>(), 201, new_token);
    Resource<model::Token> tokens{catalog::tokens, "tokens", "token", {}, {"name"}, {"hash"}};
    tokens.creates = false;
    add_resource(router, services, std::move(tokens));
}

}  // namespace ds::api
