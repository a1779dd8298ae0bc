#include "notify/testing/strict_channels.hpp"

#include <cmath>

#include <fmt/core.h>

namespace ds::notify::testing {
namespace {

using net::testing::Act;
using net::testing::answer;
using net::testing::Heard;

const std::string discord_path = "/api/webhooks/123456789012345678/aBcDeFgHiJ_kLmNoPqRsT-uVwXyZ";
const std::string slack_path = "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX";

Act json_answer(int status, const json::bj::object& body) {
    return answer(status, json::to_text(body), {{"Content-Type", "application/json"}});
}

bool path_is(const Heard& heard, const std::string& path) {
    return heard.target.substr(0, heard.target.find('?')) == path;
}

}  // namespace

StrictChannel::StrictChannel(Vendor vendor)
    : vendor_{vendor}, server_{[this](const Heard& heard) { return serve(heard); }} {}

std::string StrictChannel::webhook_url() const {
    return server_.origin() + (vendor_ == Vendor::discord ? discord_path : slack_path);
}

void StrictChannel::next(Act act) {
    const std::lock_guard lock{mutex_};
    planned_.push_back(std::move(act));
}

void StrictChannel::next_too_many(double retry_after) {
    const auto seconds = static_cast<int>(std::ceil(retry_after));
    Act act;
    if (vendor_ == Vendor::discord) {
        act = json_answer(429, {{"message", "You are being rate limited."},
                                {"retry_after", retry_after},
                                {"global", false}});
    } else if (vendor_ == Vendor::telegram) {
        act = json_answer(429, {{"ok", false},
                                {"error_code", 429},
                                {"description", "Too Many Requests: retry later"},
                                {"parameters", {{"retry_after", seconds}}}});
    } else {
        act = answer(429, "rate_limited", {{"Retry-After", std::to_string(seconds)}});
    }
    next(std::move(act));
}

json::Value StrictChannel::last() const {
    const std::lock_guard lock{mutex_};
    return last_;
}

std::string StrictChannel::complaints() const {
    const std::lock_guard lock{mutex_};
    return complaints_;
}

Verdict StrictChannel::verdict(const Heard& heard) {
    if (heard.method != "POST") return "only POST";
    if (heard.header("content-type") != "application/json") return "content type";
    const auto body = json::parse(text_of(heard.body));
    if (!body) return "not JSON";
    last_ = *body;
    switch (vendor_) {
        case Vendor::discord:
            return heard.target_has("wait=true") ? discord_verdict(*body) : "ours: wait=true";
        case Vendor::telegram: return telegram_verdict(*body);
        case Vendor::slack: return slack_verdict(*body);
    }
    return {};
}

Act StrictChannel::serve(const Heard& heard) {
    const std::lock_guard lock{mutex_};
    if (!planned_.empty()) {
        auto act = std::move(planned_.front());
        planned_.pop_front();
        return act;
    }
    if (vendor_ == Vendor::discord && !path_is(heard, discord_path)) {
        return json_answer(404, {{"message", "Unknown Webhook"}, {"code", 10015}});
    }
    if (vendor_ == Vendor::telegram && !path_is(heard, "/bot" + bot_token() + "/sendMessage")) {
        return json_answer(401,
                           {{"ok", false}, {"error_code", 401}, {"description", "Unauthorized"}});
    }
    if (vendor_ == Vendor::slack && !path_is(heard, slack_path)) return answer(404, "no_service");
    const auto why = verdict(heard);
    if (!why) {
        ++accepted_;
        return success();
    }
    complaints_ += *why + "\n";
    return refusal(*why);
}

Act StrictChannel::refusal(const std::string& why) const {
    switch (vendor_) {
        case Vendor::discord:
            return json_answer(
                400,
                {{"message", "Invalid Form Body"}, {"code", 50035}, {"errors", {{"embeds", why}}}});
        case Vendor::telegram:
            return json_answer(
                400, {{"ok", false}, {"error_code", 400}, {"description", "Bad Request: " + why}});
        case Vendor::slack: return answer(400, "invalid_blocks");
    }
    return answer(500);
}

Act StrictChannel::success() const {
    switch (vendor_) {
        case Vendor::discord: return json_answer(200, {{"id", "998877665544332211"}});
        case Vendor::telegram:
            return json_answer(200, {{"ok", true}, {"result", {{"message_id", 17}}}});
        case Vendor::slack: return answer(200, "ok");
    }
    return answer(500);
}

}  // namespace ds::notify::testing
