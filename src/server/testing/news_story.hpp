#pragma once

#include "notify/testing/mail_server.hpp"
#include "notify/testing/strict_channels.hpp"
#include "server/testing/server_story.hpp"

namespace ds::server::testing {

using net::testing::Act;
using net::testing::Heard;
using net::testing::ScriptedHttp;
using notify::testing::MailServer;
using notify::testing::StrictChannel;
using notify::testing::Vendor;
using Object = json::bj::object;

constexpr auto news_patience = 30s;

template <class Condition>
bool comes(Condition&& condition, std::chrono::seconds within = news_patience) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (std::chrono::steady_clock::now() < until) {
        if (condition()) return true;
        std::this_thread::sleep_for(50ms);
    }
    return condition();
}

/// Keeps the requests that came.
class Listener {
public:
    Act reply = net::testing::answer(200, "heard");

    std::string url() const { return server_.origin() + "/listen"; }
    std::vector<Heard> heard() const {
        const std::lock_guard lock{mutex_};
        return heard_;
    }
    std::vector<std::string> kinds() const {
        std::vector<std::string> kinds;
        for (const auto& one : heard()) kinds.push_back(one.header("x-dumpstation-event"));
        return kinds;
    }

private:
    mutable std::mutex mutex_;
    std::vector<Heard> heard_;
    ScriptedHttp server_{[this](const Heard& heard) {
        const std::lock_guard lock{mutex_};
        heard_.push_back(heard);
        return reply;
    }};
};

class NewsStory : public PlanStory {
protected:
    Listener webhook;

    void choose(Options& options) override { options.news_every = 200ms; }

    std::string add_channel(std::string name, std::string driver, Object options,
                            Object secrets = {}, const Object& more = {}) {
        Object body{{"name", std::move(name)},
                    {"driver", std::move(driver)},
                    {"options", std::move(options)},
                    {"secrets", std::move(secrets)}};
        for (const auto& [key, value] : more) body[key] = value;
        return text(post("channels", body, 201), "id");
    }
    std::string add_webhook(Object more = {}) {
        return add_channel("hook", "webhook", {{"url", webhook.url()}}, {}, std::move(more));
    }
    /// From now on backups fail at once, and for good.
    void break_server() {
        call("PATCH", "servers/" + server_id,
             R"({"url": "postgres://ops@127.0.0.1:1/", "secret": "hush-hush-7"})", 200);
        call("PATCH", "plans/" + plan, R"({"attempts_max": 1})", 200);
    }
    json::Value deliveries(const std::string& query = "") {
        return get("deliveries?sort=id" + query).at("items");
    }
    /// What is wrong with a channel, with its field.
    std::pair<std::string, std::string> refusal(const Object& body) {
        const auto problem = post("channels", body, 400);
        return {text(problem, "field"), json::to_text(problem)};
    }
};

}  // namespace ds::server::testing
