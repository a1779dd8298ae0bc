#include "net/sigv4.hpp"

#include <algorithm>
#include <ctime>
#include <map>

#include <fmt/core.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/text.hpp"
#include "crypto/sha256.hpp"
#include "net/url.hpp"

namespace ds::net {
namespace {

/// "20130524T000000Z"
std::string amz_date(std::chrono::system_clock::time_point when) {
    const auto seconds = std::chrono::system_clock::to_time_t(when);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

/// Host as libcurl sends it: without the port that the scheme implies.
std::string host_of(std::string_view origin) {
    const auto at = origin.find("://");
    const bool tls = origin.starts_with("https:");
    auto host = at == std::string_view::npos ? origin : origin.substr(at + 3);
    const std::string_view implied = tls ? ":443" : ":80";
    if (host.ends_with(implied)) host.remove_suffix(implied.size());
    return lower(host);
}

std::string canonical_query(const Fields& query) {
    std::vector<std::pair<std::string, std::string>> encoded;
    for (const auto& [name, value] : query) {
        encoded.emplace_back(percent_encoded(name), percent_encoded(value));
    }
    std::sort(encoded.begin(), encoded.end());
    std::string text;
    for (const auto& [name, value] : encoded) {
        if (!text.empty()) text += '&';
        text += name + "=" + value;
    }
    return text;
}

struct Canonical {
    std::string request;
    std::string signed_headers;
};

Canonical canonical(const HttpRequest& request, const std::string& payload_hash) {
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : request.headers) headers[lower(name)] = trimmed(value);
    Canonical result;
    std::string lines;
    for (const auto& [name, value] : headers) {
        if (!result.signed_headers.empty()) result.signed_headers += ';';
        result.signed_headers += name;
        lines += name + ":" + value + "\n";
    }
    result.request =
        fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, request.path,
                    canonical_query(request.query), lines, result.signed_headers, payload_hash);
    return result;
}

Bytes signing_key(const Secret& secret, std::string_view day, const SigningScope& scope) {
    const Secret start{"AWS4" + secret.reveal()};
    auto key = hmac_sha256(view_of(start.reveal()), view_of(day));
    key = hmac_sha256(key, view_of(scope.region));
    key = hmac_sha256(key, view_of(scope.service));
    return hmac_sha256(key, view_of("aws4_request"));
}

}  // namespace

Bytes hmac_sha256(View key, View message) {
    Bytes sum(32);
    unsigned int length = 0;
    const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                            reinterpret_cast<unsigned char*>(sum.data()), &length);
    DS_CHECK(made != nullptr && length == sum.size(), "HMAC-SHA256 is not available");
    return sum;
}

void sign_v4(HttpRequest& request, const SigningKeys& keys, const SigningScope& scope,
             std::chrono::system_clock::time_point now) {
    const auto date = amz_date(now);
    const auto day = date.substr(0, 8);
    const auto payload_hash = crypto::sha256_hex(request.body);
    request.headers.emplace_back("Host", host_of(request.origin));
    request.headers.emplace_back("x-amz-date", date);
    request.headers.emplace_back("x-amz-content-sha256", payload_hash);
    if (!keys.session_token.empty()) {
        request.headers.emplace_back("x-amz-security-token", keys.session_token.reveal());
    }
    const auto [text, signed_headers] = canonical(request, payload_hash);
    const auto where = fmt::format("{}/{}/{}/aws4_request", day, scope.region, scope.service);
    const auto to_sign =
        fmt::format("AWS4-HMAC-SHA256\n{}\n{}\n{}", date, where, crypto::sha256_hex(view_of(text)));
    const auto signature = hmac_sha256(signing_key(keys.secret_key, day, scope), view_of(to_sign));
    request.headers.emplace_back(
        "Authorization",
        fmt::format("AWS4-HMAC-SHA256 Credential={}/{},SignedHeaders={},Signature={}",
                    keys.access_key, where, signed_headers, to_hex(signature)));
}

}  // namespace ds::net
