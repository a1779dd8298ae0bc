#include "stores/s3/verdict.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "net/xml.hpp"

namespace ds::stores::s3 {
namespace {

/// The server's words about a failure.
struct Complaint {
    int status = 0;
    std::string code;
    std::string text;
    net::XmlNode document;
};

template <std::size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Complaint read_complaint(const net::HttpResponse& response) {
    Complaint complaint;
    complaint.status = response.status;
    auto document = net::parse_xml(text_of(response.body));
    if (!document || document->name != "Error") return complaint;
    complaint.code = printable(document->text_of("Code"), 80);
    complaint.text = printable(document->text_of("Message"), 200);
    complaint.document = std::move(*document);
    return complaint;
}

bool worth_another_try(const Complaint& complaint) {
    // Signed hashes that do not fit mean that the bytes were damaged on the way.
    constexpr std::array<std::string_view, 11> passing{"InternalError",
                                                       "SlowDown",
                                                       "ServiceUnavailable",
                                                       "RequestTimeout",
                                                       "RequestTimeoutException",
                                                       "OperationAborted",
                                                       "ConditionalRequestConflict",
                                                       "BadDigest",
                                                       "XAmzContentSHA256Mismatch",
                                                       "IncompleteBody",
                                                       "TooManyRequests"};
    const int status = complaint.status;
    return status == 408 || status == 429 || (status >= 500 && status != 501 && status != 507) ||
           is_one_of(complaint.code, passing);
}

std::string right_region(const net::HttpResponse& response, const Complaint& complaint) {
    if (const auto header = response.header("x-amz-bucket-region")) return printable(*header, 60);
    return printable(complaint.document.text_of("Region"), 60);
}

Error wrong_region(const net::HttpResponse& response, const Complaint& complaint,
                   const Config& config) {
    const auto region = right_region(response, complaint);
    if (!region.empty() && region != config.region) {
        return fail(Code::invalid,
                    fmt::format("bucket '{}' is in region {}, not {}", config.bucket, region,
                                config.region),
                    fmt::format("Set region={} in the store's URL.", region));
    }
    const auto endpoint = printable(complaint.document.text_of("Endpoint"), 100);
    const auto target =
        endpoint.empty() ? printable(response.header("location").value_or(""), 200) : endpoint;
    return fail(Code::invalid,
                fmt::format("the server sends us elsewhere for bucket '{}'", config.bucket),
                target.empty() ? "Check region and endpoint in the store's URL."
                               : fmt::format("Check region and endpoint; it names {}.", target));
}

Error clock_differs(const net::HttpResponse& response, const Complaint& complaint,
                    std::chrono::system_clock::time_point now) {
    auto server = parse_time(complaint.document.text_of("ServerTime"));
    const auto date = net::parse_http_date(response.header("date").value_or(""));
    if (!server && date) server = *date;
    const std::string hint = "Set the clock of this machine, best by a time service (NTP).";
    if (!server)
        return fail(Code::invalid, "this machine's clock differs too much from the server's", hint);
    const bool behind = *server > now;
    return fail(Code::invalid,
                fmt::format("this machine's clock is {} {} the server's",
                            human_duration(behind ? *server - now : now - *server),
                            behind ? "behind" : "ahead of"),
                hint);
}

Error refused(const Complaint& complaint, const Call& call, const Config& config) {
    if (complaint.code == "InvalidAccessKeyId") {
        return fail(Code::unauthenticated, "the server does not know this access key",
                    "Check access_key, and that the endpoint is the one the key belongs to.");
    }
    if (complaint.code == "SignatureDoesNotMatch") {
        return fail(Code::unauthenticated, "the secret key does not fit the access key",
                    "Check the secret key: it may be cut off or belong to another access key.");
    }
    constexpr std::array<std::string_view, 5> worn{"ExpiredToken", "ExpiredTokenException",
                                                   "InvalidToken", "TokenRefreshRequired",
                                                   "InvalidClientTokenId"};
    if (is_one_of(complaint.code, worn)) {
        return fail(Code::unauthenticated, "the temporary credentials have expired",
                    "Provide new ones.");
    }
    return fail(complaint.status == 401 ? Code::unauthenticated : Code::denied,
                fmt::format("access to bucket '{}' denied", config.bucket),
                fmt::format("The key needs the permission {}{}.", call.permission,
                            complaint.text.empty() ? "" : "; the server says: " + complaint.text));
}

bool is_wrong_region(const Complaint& complaint) {
    return complaint.status == 301 || complaint.status == 307 || complaint.status == 308 ||
           complaint.code == "AuthorizationHeaderMalformed" ||
           complaint.code == "PermanentRedirect" ||
           complaint.code == "IllegalLocationConstraintException";
}

bool is_full(const Complaint& complaint) {
    constexpr std::array<std::string_view, 4> full{
        "QuotaExceeded", "EntityTooLarge", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"};
    return complaint.status == 507 || complaint.status == 413 || is_one_of(complaint.code, full);
}

Error missing(const Complaint& complaint, const Call& call, const Config& config) {
    if (complaint.code == "NoSuchBucket" || call.key.empty()) {
        return fail(Code::invalid, fmt::format("there is no bucket '{}'", config.bucket),
                    "Create it first, or check bucket and endpoint in the store's URL.");
    }
    if (complaint.code == "NoSuchUpload") {
        return fail(
            Code::conflict, "the unfinished upload is gone",
            "Somebody aborted it; a lifecycle rule of the bucket may end uploads too early.");
    }
    return fail(Code::not_found, fmt::format("there is no object '{}'", call.key));
}

/// The one table from the words of S3 to ours.
Error translated(const net::HttpResponse& response, const Complaint& complaint, const Call& call,
                 const Config& config, std::chrono::system_clock::time_point now) {
    if (complaint.code == "RequestTimeTooSkewed") return clock_differs(response, complaint, now);
    if (is_wrong_region(complaint)) return wrong_region(response, complaint, config);
    if (is_full(complaint))
        return fail(Code::exhausted, "the store is full or its quota is used up");
    if (complaint.code == "InvalidObjectState") {
        return fail(Code::unsupported, fmt::format("'{}' lies in a cold archive tier", call.key),
                    "Restore it to a warm tier first; the provider's console can do that.");
    }
    if (complaint.status == 412)
        return fail(Code::exists, fmt::format("'{}' is not as expected", call.key));
    if (complaint.status == 404) return missing(complaint, call, config);
    constexpr std::array<std::string_view, 4> key_trouble{
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"};
    if (complaint.status == 401 || complaint.status == 403 ||
        is_one_of(complaint.code, key_trouble)) {
        return refused(complaint, call, config);
    }
    const auto words = fmt::format("the server answers {}{}{}{}{}", complaint.status,
                                   complaint.code.empty() ? "" : " ", complaint.code,
                                   complaint.text.empty() ? "" : ": ", complaint.text);
    if (worth_another_try(complaint)) return fail(Code::unavailable, words);
    return fail(complaint.status == 501 ? Code::unsupported : Code::invalid, words);
}

/// A 200 that is announced before the work is done can still carry an error.
bool hides_an_error(const net::HttpResponse& response) {
    const auto document = net::parse_xml(text_of(response.body));
    return !document || document->name == "Error";
}

}  // namespace

Result<std::chrono::system_clock::time_point> parse_time(std::string_view text) {
    std::string plain{text.substr(0, text.find('.'))};
    if (plain.size() < text.size()) plain += 'Z';
    return from_rfc3339(plain);
}

std::optional<Verdict> judge(const net::HttpResponse& response, const Call& call,
                             const Config& config, std::chrono::system_clock::time_point now) {
    const bool hidden = response.ok() && call.error_in_body && hides_an_error(response);
    if ((response.ok() && !hidden) || (call.fine != 0 && response.status == call.fine)) return {};
    auto complaint = read_complaint(response);
    if (hidden && complaint.code.empty()) complaint.code = "IncompleteBody";
    Verdict verdict{translated(response, complaint, call, config, now),
                    worth_another_try(complaint),
                    false,
                    {}};
    verdict.new_keys = verdict.error.code() == Code::unauthenticated;
    if (const auto asked = response.header("retry-after"))
        verdict.wait = net::parse_retry_after(*asked, now);
    return verdict;
}

}  // namespace ds::stores::s3
