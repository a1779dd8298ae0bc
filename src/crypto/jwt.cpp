#include "crypto/jwt.hpp"

#include <algorithm>
#include <array>

#include "crypto/password.hpp"
#include "crypto/primitives.hpp"

namespace ds::crypto {
namespace {

using Time = std::chrono::system_clock::time_point;

constexpr const char* algorithm = "HS256";

Error refused(std::string_view why) {
    return fail(Code::unauthenticated, fmt::format("the token is not valid: {}", why));
}

/// RFC 4648 section 5, without padding.
std::string to_base64url(View bytes) {
    auto text = to_base64(bytes, false);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

Result<Bytes> from_base64url(std::string_view text) {
    if (text.find_first_of("+/") != text.npos) return refused("not base64url");
    std::string standard{text};
    std::replace(standard.begin(), standard.end(), '-', '+');
    std::replace(standard.begin(), standard.end(), '_', '/');
    return from_base64(standard, false);
}

Result<json::bj::object> object_in(std::string_view part) {
    const auto bytes = from_base64url(part);
    const auto value =
        bytes ? json::parse(text_of(*bytes)) : Result<json::Value>{Error{bytes.error()}};
    if (!value || !value->is_object()) return refused("a part of it is not a JSON object");
    return value->get_object();
}

struct Parts {
    std::string_view head, claims, signature;
    std::string_view is_signed;  // head and claims, as sent
};

Result<Parts> parts_of(std::string_view text) {
    if (text.size() > jwt_bytes_max) return refused("too long");
    if (std::count(text.begin(), text.end(), '.') != 2) return refused("not three parts");
    const auto first = text.find('.'), last = text.rfind('.');
    return Parts{text.substr(0, first), text.substr(first + 1, last - first - 1),
                 text.substr(last + 1), text.substr(0, last)};
}

std::string text_in(const json::bj::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

/// Seconds since 1970; nothing for what is no whole number.
std::optional<std::int64_t> seconds_in(const json::bj::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_int64()) return {};
    return value->get_int64();
}

std::int64_t seconds_of(Time when) {
    return std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
}

/// All that a head may say: what is not understood must not be passed over (RFC 7515, "crit").
Status check_head(const json::bj::object& head, const JwtKey& key, const JwtPurpose& purpose) {
    if (head.size() != 3 || text_in(head, "alg") != algorithm) return refused("not HS256");
    if (text_in(head, "kid") != key.id) return refused("another key");
    if (text_in(head, "typ") != purpose.type) return refused("another type");
    return {};
}

Status check_claims(const json::bj::object& claims, const JwtPurpose& purpose, Time now) {
    if (text_in(claims, "iss") != purpose.issuer) return refused("another issuer");
    if (text_in(claims, "aud") != purpose.audience) return refused("another audience");
    const auto begins = seconds_in(claims, "nbf"), ends = seconds_in(claims, "exp");
    if (!begins || !ends) return refused("without times");
    if (*begins > seconds_of(now + jwt_leeway)) return refused("not yet");
    if (*ends <= seconds_of(now)) return refused("it has expired");
    return {};
}

}  // namespace

std::string write_jwt(const JwtKey& key, const JwtPurpose& purpose, json::bj::object claims,
                      Time now, std::chrono::seconds life) {
    claims["iss"] = purpose.issuer;
    claims["aud"] = purpose.audience;
    claims["iat"] = claims["nbf"] = seconds_of(now);
    claims["exp"] = seconds_of(now + life);
    const json::bj::object head{{"alg", algorithm}, {"kid", key.id}, {"typ", purpose.type}};
    const auto text = to_base64url(view_of(json::to_text(head))) + "." +
                      to_base64url(view_of(json::to_text(claims)));
    return text + "." + to_base64url(hmac_sha256(key.key.view(), view_of(text)));
}

Result<std::string> jwt_key_id(std::string_view text) {
    DS_TRY(const auto parts, parts_of(text));
    DS_TRY(const auto head, object_in(parts.head));
    return text_in(head, "kid");
}

Result<json::bj::object> read_jwt(std::string_view text, const JwtKey& key,
                                  const JwtPurpose& purpose, Time now) {
    DS_TRY(const auto parts, parts_of(text));
    const auto signature = from_base64url(parts.signature);
    const auto right = hmac_sha256(key.key.view(), view_of(parts.is_signed));
    if (!signature || !same_secret(text_of(*signature), text_of(right)))
        return refused("its signature does not fit");
    DS_TRY(const auto head, object_in(parts.head));
    DS_DO(check_head(head, key, purpose));
    DS_TRY(auto claims, object_in(parts.claims));
    DS_DO(check_claims(claims, purpose, now));
    return claims;
}

}  // namespace ds::crypto
