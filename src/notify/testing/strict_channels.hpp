#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "net/testing/scripted_http.hpp"

/// Servers that accept what Discord, Telegram and Slack accept and refuse the rest as they do.
/// Written from the vendors' documents alone, with text counting of their own, so that they do not
/// share mistakes with the drivers.
namespace ds::notify::testing {

/// Why the vendor would refuse the request; nothing when it would not.
using Verdict = std::optional<std::string>;
Verdict discord_verdict(const json::Value& body);
Verdict telegram_verdict(const json::Value& body);
Verdict slack_verdict(const json::Value& body);

/// UTF-16 units of well-formed UTF-8; nothing when it is not.
std::optional<std::size_t> strict_units(std::string_view text);

enum class Vendor { discord, telegram, slack };

class StrictChannel {
public:
    explicit StrictChannel(Vendor vendor);

    /// What a user would copy out of the vendor's pages.
    std::string webhook_url() const;
    std::string origin() const { return server_.origin(); }
    static std::string bot_token() { return "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"; }

    /// The next request gets this answer, whatever it holds.
    void next(net::testing::Act act);
    /// The next request is refused as "too many", with that wait in the vendor's own form.
    void next_too_many(double retry_after);

    int accepted() const { return accepted_; }
    json::Value last() const;
    std::string complaints() const;

private:
    const Vendor vendor_;
    std::atomic<int> accepted_{0};
    mutable std::mutex mutex_;
    std::deque<net::testing::Act> planned_;
    json::Value last_;
    std::string complaints_;
    net::testing::ScriptedHttp server_;

    net::testing::Act serve(const net::testing::Heard& heard);
    Verdict verdict(const net::testing::Heard& heard);
    net::testing::Act refusal(const std::string& why) const;
    net::testing::Act success() const;
};

}  // namespace ds::notify::testing
