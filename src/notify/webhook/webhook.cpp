#include "notify/webhook/webhook.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/json.hpp"
#include "base/text.hpp"
#include "crypto/primitives.hpp"
#include "notify/courier.hpp"
#include "notify/template.hpp"
#include "notify/wording.hpp"

namespace ds::notify::webhook {
namespace {

constexpr std::size_t headers_max = 30;

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    const auto allowed = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

/// Those that decide where the body ends and whom it is for, and our own.
bool is_ours(std::string_view name) {
    constexpr std::array<std::string_view, 6> reserved{
        "host", "content-length", "transfer-encoding", "connection", "content-type", "expect"};
    const auto lowered = lower(name);
    return lowered.starts_with("x-dumpstation-") ||
           std::find(reserved.begin(), reserved.end(), lowered) != reserved.end();
}

/// "Name: value" a line.
Result<net::Fields> headers_of(const std::string& text) {
    net::Fields headers;
    for (const auto& line : split(text, '\n')) {
        if (trimmed(line).empty()) continue;
        const auto colon = line.find(':');
        const auto name = trimmed(std::string_view{line}.substr(0, colon));
        if (colon == line.npos || !is_token(name)) {
            return fail(Code::invalid, "has a line that is not of the form 'Name: value'");
        }
        if (is_ours(name)) return fail(Code::invalid, "sets a header that is not yours to set");
        const auto value = trimmed(std::string_view{line}.substr(colon + 1));
        if (printable(value, value.size()) != value) {
            return fail(Code::invalid, "has control characters in a value");
        }
        headers.emplace_back(name, value);
    }
    if (headers.size() > headers_max) return fail(Code::invalid, "has too many lines");
    return headers;
}

/// For a header's value: visible ASCII.
std::string header_safe(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return c <= 0x20 || c >= 0x7f; }, '?');
    return text;
}

std::string signature_of(const Secret& secret, const std::string& seconds,
                         const std::string& body) {
    const auto mac = crypto::hmac_sha256(view_of(secret.reveal()), view_of(seconds + "." + body));
    return "t=" + seconds + ",v1=" + to_hex(mac);
}

std::vector<Secret> hidden(const Target& target, const Settings& settings,
                           const net::Fields& headers) {
    auto secrets = secrets_of(target);
    secrets.emplace_back(settings.at("secret"));
    for (const auto& [name, value] : headers) {
        secrets.emplace_back(value);
        // The part behind "Bearer ".
        if (const auto space = value.find(' '); space != value.npos) {
            secrets.emplace_back(value.substr(space + 1));
        }
    }
    return secrets;
}

class WebhookNotifier final : public Notifier {
public:
    WebhookNotifier(Target target, net::Fields headers, const Settings& settings,
                    const Outside& outside)
        : target_{std::move(target)},
          headers_{std::move(headers)},
          method_{settings.at("method")},
          content_type_{settings.at("content_type")},
          pattern_{settings.at("template")},
          secret_{settings.at("secret")},
          courier_{"the webhook", outside, hidden(target_, settings, headers_)} {}

    Result<Receipt> send(const model::Event& event, const sys::Run& run) override {
        const auto told = cleaned(event);
        Parcel parcel;
        parcel.method = method_;
        parcel.target = target_;
        parcel.content_type = content_type_;
        DS_TRY(parcel.body, body_of(told));
        parcel.headers = headers_;
        parcel.headers.emplace_back("X-DumpStation-Event", header_safe(told.kind));
        parcel.headers.emplace_back("X-DumpStation-Event-Id", header_safe(told.id));
        if (!secret_.empty()) {
            const auto now = std::chrono::system_clock::to_time_t(run.clock.now());
            parcel.headers.emplace_back("X-DumpStation-Signature",
                                        signature_of(secret_, std::to_string(now), parcel.body));
        }
        return courier_.deliver(parcel, run);
    }

private:
    const Target target_;
    const net::Fields headers_;
    const std::string method_;
    const std::string content_type_;
    const std::string pattern_;
    const Secret secret_;
    const Courier courier_;

    Result<std::string> body_of(const model::Event& event) const {
        if (!pattern_.empty()) return filled_in(pattern_, form_of(content_type_), event);
        return form_of(content_type_) == Form::json ? json::write(event) : plain_text(event);
    }
};

constexpr std::array<std::string_view, 2> methods{"POST", "PUT"};
constexpr std::array<Option, 6> options{{
    {"url", OptionKind::url, true, "Where to send it, https:// or http://."},
    {"method", OptionKind::choice, false, "How to send it.", methods, "POST"},
    {"secret", OptionKind::secret, false,
     "Signs every message: X-DumpStation-Signature: t=<seconds>,v1=<HMAC-SHA256 of 't.body'>."},
    {"headers", OptionKind::secret, false, "More headers, one 'Name: value' a line."},
    {"content_type", OptionKind::text, false, "Of the body.", {}, "application/json"},
    {"template", OptionKind::text, false,
     "The body, with {{title}}, {{text}}, {{field.NAME}} and the like; else the whole event."},
}};

Complaints check(const Settings& settings) {
    Complaints complaints;
    const auto headers = headers_of(settings.at("headers"));
    if (!headers) complaints.push_back({"headers", headers.error().message()});
    const auto& type = settings.at("content_type");
    const auto slash = type.find('/');
    if (slash == type.npos || !is_token(type.substr(0, slash)) ||
        printable(type, type.size()) != type) {
        complaints.push_back({"content_type", "is not of the form type/subtype"});
    }
    const auto pattern = check_template(settings.at("template"), form_of(type));
    if (!pattern) complaints.push_back({"template", pattern.error().message()});
    return complaints;
}

Result<std::unique_ptr<Notifier>> open(const Settings& settings, const Outside& outside) {
    DS_TRY(auto target, target_of(settings.at("url")));
    DS_TRY(auto headers, headers_of(settings.at("headers")));
    return std::make_unique<WebhookNotifier>(std::move(target), std::move(headers), settings,
                                             outside);
}

}  // namespace

const Driver driver{"webhook", "Webhook", options, &check, &open};

}  // namespace ds::notify::webhook
