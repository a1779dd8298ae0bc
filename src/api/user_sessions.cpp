#include "api/user_sessions.hpp"

#include "api/second_factor.hpp"
#include "base/bytes.hpp"
#include "crypto/jwt.hpp"
#include "crypto/password.hpp"
#include "crypto/primitives.hpp"
#include "crypto/sha256.hpp"
#include "sys/random.hpp"

namespace ds::api {
namespace {

constexpr std::string_view refresh_prefix = "dsr_";
constexpr std::size_t family_bytes = 16;
constexpr std::size_t refresh_bytes = 32;
constexpr std::size_t agent_bytes_max = 200;
constexpr std::chrono::seconds used_precision{60};

constexpr std::string_view key_purpose = "access tokens";
constexpr std::string_view refresh_purpose = "refresh tokens";
const crypto::JwtPurpose purpose{"at+jwt", "dumpstation", "dumpstation-api"};

std::string hash_of(std::string_view text) { return crypto::sha256_hex(view_of(text)); }
std::string random_hex(std::size_t bytes) { return to_hex(sys::random_bytes(bytes)); }

Error not_signed_in() {
    return fail(Code::unauthenticated, "the token is not valid",
                "It may have expired, or its session was ended. Sign in again.");
}

crypto::JwtKey signing_key(const Services& services) {
    auto key = services.office.vault.derived(key_purpose);
    return {std::move(key.id), key.key};
}

/// Older master keys sign no more, but what they signed stays good for its time.
Result<json::bj::object> claims_of(const Services& services, std::string_view access_token) {
    const auto key_id = crypto::jwt_key_id(access_token);
    if (!key_id) return not_signed_in();
    DS_DO(services.office.vault.learn(*key_id));
    const auto key = services.office.vault.derived(key_purpose, *key_id);
    if (!key) return not_signed_in();
    auto claims = crypto::read_jwt(access_token, {key->id, key->key}, purpose, services.now());
    if (!claims) return not_signed_in();
    return claims;
}

/// "dsr_SESSION_FAMILY_SECRET": the family tells a copied token from a guessed one.
struct RefreshToken {
    std::string session, family, secret;

    static std::optional<RefreshToken> parse(std::string_view text) {
        if (!text.starts_with(refresh_prefix) || text.size() > 200) return {};
        const auto words = split(text.substr(refresh_prefix.size()), '_');
        if (words.size() != 3) return {};
        return RefreshToken{words[0], words[1], words[2]};
    }
    std::string text() const {
        return fmt::format("{}{}_{}_{}", refresh_prefix, session, family, secret);
    }
};

/// What comes after a token is derived from it, so whoever asks twice, in a second window or
/// because the first answer was lost, is told the same.
RefreshToken after(const Services& services, const RefreshToken& token) {
    const auto key = services.office.vault.derived(refresh_purpose);
    const auto said = token.text();
    return {token.session, token.family,
            to_hex(crypto::hmac_sha256(key.key.view(), view_of(said)))};
}

/// The pair that the row vouches for from now on.
SignedIn sign(const Services& services, const model::UserSession& row,
              const RefreshToken& refresh) {
    const auto now = services.now();
    SignedIn signed_in{row.id, {}, rfc3339(now + access_life), refresh.text(), row.expires, false};
    signed_in.token = crypto::write_jwt(signing_key(services), purpose,
                                        {{"sub", row.user}, {"sid", row.id}}, now, access_life);
    return signed_in;
}

void note_client(model::UserSession& row, const http::Request& request, catalog::Time now) {
    const auto* agent = request.headers.find("User-Agent");
    row.address = request.peer;
    row.agent = agent == nullptr ? "" : printable(*agent, agent_bytes_max);
    row.used = row.refreshed = rfc3339(now);
}

Status make_room(catalog::Session& session, const model::User& user, catalog::Time now) {
    DS_TRY([[maybe_unused]] const auto over,
           session.run("DELETE FROM sessions WHERE expires < ?", {rfc3339(now)}));
    DS_TRY([[maybe_unused]] const auto oldest,
           session.run(
               "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE "
               "organization = ? AND \"user\" = ? ORDER BY used DESC, id DESC LIMIT 1000 OFFSET ?)",
               {user.organization, user.id, sessions_max - 1}));
    return {};
}

Result<std::optional<model::UserSession>> live_session(catalog::Session& session,
                                                       const std::string& id, catalog::Time now) {
    DS_TRY(auto rows,
           catalog::sessions.select(session, "WHERE id = ? AND expires > ?", {id, rfc3339(now)}));
    if (rows.empty()) return std::optional<model::UserSession>{};
    return std::optional<model::UserSession>{std::move(rows.front())};
}

/// Not for each request, and never in the way of a refresh.
void note_use(const Services& services, const model::UserSession& row) {
    const auto now = services.now();
    if (row.used >= rfc3339(now - used_precision)) return;
    static_cast<void>(services.write([&](catalog::Session& session) -> Status {
        DS_TRY([[maybe_unused]] const auto noted,
               session.run("UPDATE sessions SET used = ? WHERE id = ?", {rfc3339(now), row.id}));
        return {};
    }));
}

}  // namespace

Scope scope_of(model::Role role) {
    switch (role) {
        case model::Role::viewer: return Scope::read;
        case model::Role::operates: return Scope::operate;
        case model::Role::admin:
        case model::Role::owner: return Scope::administer;
    }
    return Scope::nobody;
}

Result<SignedIn> begin_session(const Services& services, catalog::Session& session,
                               const model::User& user, const http::Request& request) {
    const auto now = services.now();
    DS_DO(make_room(session, user, now));
    model::UserSession row;
    catalog::begin_record(row, user.organization, now);
    const RefreshToken refresh{row.id, random_hex(family_bytes), random_hex(refresh_bytes)};
    row.user = user.id;
    row.expires = rfc3339(now + session_idle);
    row.family_hash = hash_of(refresh.family);
    row.refresh_hash = hash_of(refresh.secret);
    note_client(row, request, now);
    DS_DO(catalog::sessions.insert(session, row));
    return sign(services, row, refresh);
}

Result<SignedIn> begin_second_step(const Services& services, catalog::Session& session,
                                   const model::User& user, const http::Request& request) {
    const auto now = services.now();
    DS_DO(make_room(session, user, now));
    model::UserSession row;
    catalog::begin_record(row, user.organization, now);
    row.user = user.id;
    row.pending = true;
    row.expires = rfc3339(now + second_step_life);
    note_client(row, request, now);
    DS_DO(catalog::sessions.insert(session, row));
    auto waiting = sign(services, row, {});
    waiting.expires = row.expires;
    waiting.refresh.clear();
    waiting.second_factor_needed = true;
    return waiting;
}

Result<SignedIn> refresh_session(const Services& services, const std::string& text,
                                 const http::Request& request) {
    const auto given = RefreshToken::parse(text);
    if (!given) return not_signed_in();
    bool copied = false;
    const auto now = services.now();
    const auto next = after(services, *given);
    // What a copied token does must hold, so it is no error inside the transaction.
    DS_TRY(auto signed_in, services.write([&](catalog::Session& session) -> Result<SignedIn> {
        DS_TRY(auto row, live_session(session, given->session, now));
        if (!row || row->pending || !crypto::same_secret(row->family_hash, hash_of(given->family)))
            return not_signed_in();
        if (!crypto::same_secret(row->refresh_hash, hash_of(given->secret))) {
            const bool again = row->refreshed > rfc3339(now - refresh_overlap) &&
                               crypto::same_secret(row->refresh_hash, hash_of(next.secret));
            if (again) return sign(services, *row, next);
            copied = true;
            DS_DO(catalog::sessions.remove(session, row->organization, row->id));
            return SignedIn{};
        }
        DS_TRY(const auto began, from_rfc3339(row->created));
        row->expires = rfc3339(std::min(now + session_idle, began + session_life));
        row->refresh_hash = hash_of(next.secret);
        row->changed = rfc3339(now);
        note_client(*row, request, now);
        DS_DO(catalog::sessions.update(session, *row));
        return sign(services, *row, next);
    }));
    if (!copied) return signed_in;
    services.office.log.warn("session.copied",
                             "a refresh token came for the second time; its session was ended",
                             {{"session", given->session}, {"peer", request.peer}});
    return not_signed_in();
}

Result<Holder> holder_of(const Services& services, std::string_view access_token) {
    DS_TRY(const auto claims, claims_of(services, access_token));
    const auto* id = claims.if_contains("sid");
    if (id == nullptr || !id->is_string()) return not_signed_in();
    return services.read([&](catalog::Session& session) -> Result<Holder> {
        DS_TRY(auto row, live_session(session, std::string{id->get_string()}, services.now()));
        if (!row) return not_signed_in();
        DS_TRY(auto user, catalog::users.find(session, row->organization, row->user));
        if (!user) return not_signed_in();
        DS_TRY(const auto scope, scope_in(session, *user));
        return Holder{std::move(*row), std::move(*user), scope};
    });
}

Result<Caller> caller_of_session(const Services& services, std::string_view access_token) {
    DS_TRY(const auto holder, holder_of(services, access_token));
    const auto& [row, user, scope] = holder;
    // The password alone opens nothing, whatever the token is used for.
    if (row.pending) return not_signed_in();
    note_use(services, row);
    return Caller{row.organization, user.id, row.id, scope, true, user.role};
}

Result<std::uint64_t> end_sessions(catalog::Session& session, const std::string& organization,
                                   const std::string& user, const std::string& kept) {
    DS_TRY([[maybe_unused]] const auto ended,
           session.run("DELETE FROM sessions WHERE organization = ? AND \"user\" = ? AND id <> ?",
                       {organization, user, kept}));
    return session.changed();
}

bool is_still_good(const Services& services, const Caller& caller) {
    const auto found = services.read([&](catalog::Session& session) {
        return session.run(
            fmt::format("SELECT 1 FROM {} WHERE id = ? AND (expires = '' OR expires > ?)",
                        caller.person ? "sessions" : "tokens"),
            {caller.token, rfc3339(services.now())});
    });
    return found && !found->empty();
}

}  // namespace ds::api
