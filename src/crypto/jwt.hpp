#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "crypto/key.hpp"

/// JSON Web Tokens (RFC 7519) in compact form, signed with HMAC-SHA-256 (RFC 7515, "HS256"). No
/// other algorithm is read, so that a token cannot choose how it is checked.
namespace ds::crypto {

constexpr std::size_t jwt_bytes_max = 4096;
/// By so much the clocks of servers that share a key may differ.
constexpr std::chrono::seconds jwt_leeway{30};

struct JwtKey {
    std::string id;  // "kid"
    Key<32> key;
};

/// For whom a token is, and what for. All of it is in the token, and checked when it is read.
struct JwtPurpose {
    std::string type;  // "at+jwt" (RFC 9068)
    std::string issuer;
    std::string audience;
};

/// `claims` and iss, aud, iat, nbf and exp, which they do not name.
std::string write_jwt(const JwtKey& key, const JwtPurpose& purpose, json::bj::object claims,
                      std::chrono::system_clock::time_point now, std::chrono::seconds life);

/// The id of the key that a token says it is signed with, to look for it: nothing is checked yet.
Result<std::string> jwt_key_id(std::string_view text);

/// The claims of a token that is signed with this key, for this purpose, and valid now.
/// Code::unauthenticated otherwise.
Result<json::bj::object> read_jwt(std::string_view text, const JwtKey& key,
                                  const JwtPurpose& purpose,
                                  std::chrono::system_clock::time_point now);

}  // namespace ds::crypto
