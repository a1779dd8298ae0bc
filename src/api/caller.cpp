#include "api/caller.hpp"

#include <algorithm>
#include <array>

#include "api/user_sessions.hpp"
#include "base/bytes.hpp"
#include "crypto/sha256.hpp"
#include "net/address.hpp"
#include "sys/random.hpp"

namespace ds::api {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::string_view token_prefix = "dst_";  // so that scanners of leaked secrets know it
constexpr std::chrono::seconds used_precision{60};
constexpr std::array scope_names{std::pair{Scope::read, std::string_view{"read"}},
                                 std::pair{Scope::operate, std::string_view{"operate"}},
                                 std::pair{Scope::administer, std::string_view{"administer"}}};

std::string hash_of(std::string_view token) { return crypto::sha256_hex(view_of(token)); }

Error not_signed_in() {
    return fail(Code::unauthenticated, "the token is not valid",
                "It may have expired or been removed. Sign in again, or make a new one.");
}

Scope highest(const std::vector<std::string>& names) {
    auto scope = Scope::nobody;
    for (const auto& name : names) scope = std::max(scope, scope_named(name).value_or(scope));
    return scope;
}

/// Notes the use of a token, but not for each request.
Status note_use(const Services& services, model::Token token) {
    const auto now = services.now();
    if (token.used >= rfc3339(now - used_precision)) return {};
    token.used = rfc3339(now);
    return services.write(
        [&](catalog::Session& session) { return catalog::tokens.update(session, token); });
}

/// An address that cannot be read is none of those that are named.
bool is_good_at(const model::Token& token, const std::string& peer) {
    if (token.addresses.empty()) return true;
    const auto networks = net::parse_networks(token.addresses);
    const auto address = net::Address::parse(peer);
    return networks && address && net::contains(*networks, *address);
}

/// A program has no more rights than its token says, nor than whoever made it has now.
Result<Caller> caller_of_token(const Services& services, std::string_view given,
                               const std::string& peer) {
    std::vector<model::Token> found;
    std::optional<model::User> maker;
    DS_DO(services.read([&](catalog::Session& session) -> Status {
        DS_TRY(found, catalog::tokens.select(session, "WHERE hash = ?", {hash_of(given)}));
        if (found.empty()) return {};
        DS_TRY(maker, catalog::users.find(session, found.front().organization, found.front().user));
        return {};
    }));
    if (found.empty() || !maker) return not_signed_in();
    const auto& token = found.front();
    if (!token.expires.empty() && token.expires <= rfc3339(services.now())) return not_signed_in();
    if (!is_good_at(token, peer)) return not_signed_in();
    // Who it was is known; that the note of its use failed must not keep them out.
    static_cast<void>(note_use(services, token));
    return Caller{token.organization,
                  token.user,
                  token.id,
                  std::min(highest(token.scopes), scope_of(maker->role)),
                  false,
                  maker->role};
}

}  // namespace

std::optional<Scope> scope_named(std::string_view name) {
    for (const auto& [scope, word] : scope_names) {
        if (word == name) return scope;
    }
    return std::nullopt;
}

std::string_view name_of(Scope scope) {
    for (const auto& [one, word] : scope_names) {
        if (one == scope) return word;
    }
    return scope == Scope::signed_in ? "sign in" : "nobody";
}

Result<NewToken> make_token(catalog::Session& session, model::Token row, catalog::Time now) {
    catalog::begin_record(row, row.organization, now);
    NewToken made{row.id, std::string{token_prefix} + to_hex(sys::random_bytes(token_bytes)),
                  row.expires};
    row.hash = hash_of(made.token);
    DS_DO(catalog::tokens.insert(session, row));
    return made;
}

Result<Caller> caller_of(const Services& services, const http::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const auto* line = request.headers.find("Authorization");
    if (line == nullptr) return Caller{};
    if (!line->starts_with(scheme) || request.headers.count("Authorization") != 1)
        return not_signed_in();
    const auto given = std::string_view{*line}.substr(scheme.size());
    return given.starts_with(token_prefix) ? caller_of_token(services, given, request.peer)
                                           : caller_of_session(services, given);
}

Result<model::Organization> organization_named(catalog::Session& session, const std::string& name,
                                               catalog::Time now) {
    DS_TRY(const auto found,
           catalog::organizations.select(session, "WHERE name = ? LIMIT 1", {name}));
    if (!found.empty()) return found.front();
    model::Organization tenant;
    catalog::begin_record(tenant, {}, now);
    tenant.organization = tenant.id;
    tenant.name = name;
    DS_DO(catalog::organizations.insert(session, tenant));
    return tenant;
}

Result<bool> needs_setup(catalog::Session& session) {
    DS_TRY(const auto rows, session.run("SELECT count(*) FROM users"));
    return sql::number_of(rows.at(0).at(0)) == 0;
}

Result<model::User> make_first_admin(catalog::Session& session, const std::string& organization,
                                     const std::string& name, std::string password_hash,
                                     catalog::Time now) {
    DS_TRY(const bool first, needs_setup(session));
    if (!first) return fail(Code::conflict, "there is an administrator already", "Sign in.");
    DS_TRY(const auto tenant, organization_named(session, organization, now));
    model::User user;
    catalog::begin_record(user, tenant.id, now);
    user.name = name;
    user.password_hash = std::move(password_hash);
    user.role = model::Role::owner;
    DS_DO(catalog::users.insert(session, user));
    return user;
}

}  // namespace ds::api
