#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"

namespace ds::net {

struct SigningKeys {
    std::string access_key;
    Secret secret_key;
    Secret session_token;  // empty: long-lived keys
};

struct SigningScope {
    std::string region;
    std::string service = "s3";
};

/// HMAC-SHA256 (RFC 2104).
Bytes hmac_sha256(View key, View message);

/// AWS Signature Version 4, payload included (docs.aws.amazon.com, "Create a signed AWS API
/// request"). Adds Host, x-amz-date, x-amz-content-sha256, x-amz-security-token where needed, and
/// Authorization; signs every header that `request` has by then. Call it on a fresh copy for every
/// attempt: the time is in it.
void sign_v4(HttpRequest& request, const SigningKeys& keys, const SigningScope& scope,
             std::chrono::system_clock::time_point now);

}  // namespace ds::net
