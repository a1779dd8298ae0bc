#include <gtest/gtest.h>

#include "net/testing/scripted_http.hpp"
#include "notify/testing/some_event.hpp"

namespace ds::notify {
namespace {

using net::testing::answer;
using net::testing::Heard;
using net::testing::ScriptedHttp;
using testing::opened;
using testing::some_event;

TEST(Ping, failures_successes_and_other_news_go_where_healthchecks_wants_them) {
    std::vector<std::string> targets;
    std::string body;
    ScriptedHttp server{[&](const Heard& heard) {
        targets.push_back(heard.target);
        body = text_of(heard.body);
        return answer(200, "OK");
    }};
    const auto channel = opened("ping", {{"url", server.origin() + "/ab-cd?create=1"}});
    auto event = some_event();
    event.text = std::string(200'000, 'x') + "é";
    ASSERT_TRUE(channel->send(event, sys::plain_run()));
    EXPECT_LE(body.size(), 100'000U);
    EXPECT_GE(body.size(), 99'990U);
    EXPECT_NE(body.find("Backup of shop failed"), body.npos);
    event = some_event();
    for (const auto* kind : {"backup.succeeded", "backup.started", "test", "digest.weekly"}) {
        event.kind = kind;
        event.severity = model::Severity::info;
        ASSERT_TRUE(channel->send(event, sys::plain_run()));
    }
    EXPECT_EQ(targets, (std::vector<std::string>{"/ab-cd/fail?create=1", "/ab-cd?create=1",
                                                 "/ab-cd/start?create=1", "/ab-cd/log?create=1",
                                                 "/ab-cd/log?create=1"}));
    const auto other =
        opened("ping", {{"url", server.origin() + "/up"}, {"fail_url", server.origin() + "/down"}});
    ASSERT_TRUE(other->send(some_event(), sys::plain_run()));
    EXPECT_EQ(targets.back(), "/down");
}

}  // namespace
}  // namespace ds::notify
