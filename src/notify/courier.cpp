#include "notify/courier.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "net/retry.hpp"
#include "net/url.hpp"
#include "notify/wording.hpp"

namespace ds::notify {
namespace {

constexpr std::size_t quoted_units_max = 200;
constexpr std::chrono::seconds stall_max{15};
constexpr std::chrono::seconds total_max{30};
constexpr std::size_t url_bytes_max = 8 * KiB;
constexpr double wait_seconds_max = 86'400;

std::string without_secrets(std::string text, const std::vector<Secret>& secrets) {
    for (const auto& secret : secrets) {
        const auto& hidden = secret.reveal();
        if (hidden.empty()) continue;
        for (auto at = text.find(hidden); at != text.npos; at = text.find(hidden, at + 3)) {
            text.replace(at, hidden.size(), "***");
        }
    }
    return text;
}

/// What a vendor's answer says: a text in one of the usual members, or the body as it is.
std::string words_of(const net::HttpResponse& response) {
    const std::string body{text_of(response.body)};
    const auto document = json::parse(body);
    if (!document || !document->is_object()) return body;
    for (const auto* name : {"message", "description", "error"}) {
        const auto* found = document->get_object().if_contains(name);
        if (found != nullptr && found->is_string()) return std::string{found->get_string()};
    }
    return json::to_text(*document);  // one spelling, so that secrets are found in it
}

double retry_after_member(const json::Value& value) {
    if (!value.is_object()) return 0;
    const auto& object = value.get_object();
    if (const auto* found = object.if_contains("retry_after");
        found != nullptr && found->is_number()) {
        return found->to_number<double>();
    }
    const auto* parameters = object.if_contains("parameters");
    return parameters == nullptr ? 0 : retry_after_member(*parameters);
}

long wait_of(const net::HttpResponse& response, std::chrono::system_clock::time_point now) {
    double seconds = 0;
    if (const auto header = response.header("retry-after")) {
        const auto asked = net::parse_retry_after(*header, now);
        if (asked) seconds = static_cast<double>(asked->count());
    }
    if (const auto document = json::parse(text_of(response.body))) {
        seconds = std::max(seconds, retry_after_member(*document));
    }
    return static_cast<long>(std::ceil(std::clamp(seconds, 0.0, wait_seconds_max)));
}

Code code_of(int status) {
    if (status == 401) return Code::unauthenticated;
    if (status == 403) return Code::denied;
    if (status == 404 || status == 410) return Code::not_found;
    if (status == 408 || status == 425 || status == 429 || status >= 500) return Code::unavailable;
    return status >= 400 ? Code::invalid : Code::failed;
}

std::string hint_of(int status) {
    if (status == 401 || status == 403) return "Check the token or password of this channel.";
    if (status == 404 || status == 410) return "The address of this channel is gone or mistyped.";
    if (status >= 300 && status < 400) return "Redirects are not followed: give the final address.";
    return {};
}

}  // namespace

Target Target::below(std::string_view steps) const {
    const auto& whole = path.reveal();
    auto end = std::min(whole.find('?'), whole.size());
    const auto query = whole.substr(end);
    while (end > 0 && whole[end - 1] == '/') --end;
    return {origin, Secret{whole.substr(0, end) + std::string{steps} + query}};
}

Target Target::with_query(std::string_view pair) const {
    const auto& whole = path.reveal();
    const auto* mark = whole.find('?') == whole.npos ? "?" : "&";
    return {origin, Secret{whole + mark + std::string{pair}}};
}

Result<Target> target_of(std::string_view url) {
    // A query may say one name twice, which net::Url does not know; it goes out as it came.
    const auto parsed = net::Url::parse(url.substr(0, url.find('?')));
    if (!parsed) return fail(Code::invalid, "is " + parsed.error().message());
    if (url.size() > url_bytes_max) return fail(Code::invalid, "is too long");
    if (parsed->scheme != "https" && parsed->scheme != "http") {
        return fail(Code::invalid, "is not an address that begins with https:// or http://");
    }
    if (!parsed->user.empty() || !parsed->password.empty() || parsed->host.empty()) {
        return fail(Code::invalid, "is not an address of the form https://host/path");
    }
    if (url.find('#') != url.npos) return fail(Code::invalid, "contains '#'");
    const auto after_scheme = url.find("://") + 3;
    const auto begin = std::min(url.find_first_of("/?", after_scheme), url.size());
    auto path = net::percent_encoded(url.substr(begin), "/?&=%:@!$'()*+,;~[]");
    if (!path.starts_with('/')) path.insert(0, "/");
    return Target{parsed->origin(), Secret{std::move(path)}};
}

bool is_private(const Target& target) {
    const auto url = net::Url::parse(target.origin);
    return url && (url->scheme == "https" || url->host == "127.0.0.1" || url->host == "::1" ||
                   url->host == "localhost");
}

std::vector<Secret> secrets_of(const Target& target) {
    constexpr std::size_t telling_bytes = 8;  // shorter ones are ordinary words
    std::vector<Secret> secrets;
    auto rest = target.path.reveal();
    if (rest.size() > 1) secrets.emplace_back(rest);
    for (auto& c : rest) {
        if (c == '?' || c == '&' || c == '=') c = '/';
    }
    for (const auto& segment : split(rest, '/')) {
        if (segment.size() >= telling_bytes) secrets.emplace_back(segment);
    }
    return secrets;
}

std::string quoted(std::string_view text, const std::vector<Secret>& secrets) {
    // Secrets go before the text is cut: a cut through one would leave its beginning.
    auto line = clean(without_secrets(std::string{text}, secrets));
    std::replace(line.begin(), line.end(), '\n', ' ');
    return fitted(trimmed(line), quoted_units_max);
}

Courier::Courier(std::string who, const Outside& outside, std::vector<Secret> secrets)
    : who_{std::move(who)}, http_{outside.http()}, secrets_{std::move(secrets)} {}

Result<Receipt> Courier::deliver(const Parcel& parcel, const sys::Run& run) const {
    net::HttpRequest request;
    request.method = parcel.method;
    request.origin = parcel.target.origin;
    request.path = parcel.target.path.reveal();
    request.headers = parcel.headers;
    request.headers.emplace_back("Content-Type", parcel.content_type);
    request.body = view_of(parcel.body);
    request.stall_max = stall_max;
    request.total_max = total_max;
    const auto response = http_->send(request, run.stop);
    if (!response) {
        const auto& error = response.error();
        return fail(error.code(), quoted(error.message(), secrets_), error.hint())
            .while_doing("telling " + who_);
    }
    if (!response->ok()) return refusal(*response, run);
    return Receipt{response->status, quoted(words_of(*response), secrets_)};
}

Error Courier::refusal(const net::HttpResponse& response, const sys::Run& run) const {
    const auto words = quoted(words_of(response), secrets_);
    auto message =
        fmt::format("{} answers {}{}{}", who_, response.status, words.empty() ? "" : ": ", words);
    return fail(code_of(response.status), std::move(message), hint_of(response.status))
        .waiting(wait_of(response, run.clock.now()));
}

Result<Receipt> Courier::deliver(const Target& target, std::string rich, std::string plain,
                                 const sys::Run& run) const {
    Parcel parcel;
    parcel.target = target;
    parcel.body = std::move(rich);
    auto sent = deliver(parcel, run);
    if (sent || sent.error().code() != Code::invalid) return sent;
    parcel.body = std::move(plain);
    return deliver(parcel, run);
}

}  // namespace ds::notify
