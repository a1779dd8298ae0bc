#include "server/testing/news_story.hpp"

// Channels as people make, change and test them.
namespace ds::server::testing {
namespace {

TEST_F(NewsStory, R08_a_real_discord_address_is_accepted) {
    add_channel("ops", "discord", {},
                {{"webhook_url", "https://discord.com/api/webhooks/123456789/aBcDeF_gHiJ-kL"}});
}

TEST_F(NewsStory, R10_R14_a_channel_is_changed_without_typing_its_secrets_again) {
    const auto id = add_channel("bot", "telegram", {{"chat_id", "-1001"}},
                                {{"bot_token", StrictChannel::bot_token()}});
    call("PATCH", "channels/" + id, R"({"name": "bots", "options": {"chat_id": "-1002"}})", 200);
    const auto row = get("channels/" + id);
    EXPECT_EQ(row.at("secrets_set").at(0).as_string(), "bot_token");
    EXPECT_EQ(json::to_text(row).find(StrictChannel::bot_token()), std::string::npos);
    EXPECT_EQ(
        text(call("PATCH", "channels/" + id, R"({"secrets": {"bot_token": null}})", 400), "field"),
        "secrets.bot_token");
}

TEST_F(NewsStory, what_is_wrong_with_a_channel_is_said_when_it_is_written) {
    const auto [driver, drivers] = refusal({{"name", "x"}, {"driver", "pigeon"}});
    EXPECT_EQ(driver, "driver");
    EXPECT_NE(drivers.find("email, discord, slack, telegram, webhook, ping"), std::string::npos)
        << drivers;
    const auto field = [&](Object options, Object more = {}) {
        Object body{{"name", "x"}, {"driver", "webhook"}, {"options", std::move(options)}};
        for (const auto& [key, value] : more) body[key] = value;
        return refusal(body).first;
    };
    const Object good{{"url", webhook.url()}};
    EXPECT_EQ(field({{"url", "ftp://x/"}}), "options.url");
    EXPECT_EQ(field({}), "options.url");
    EXPECT_EQ(field({{"url", webhook.url()}, {"colour", "red"}}), "options.colour");
    EXPECT_EQ(field({{"url", webhook.url()}, {"template", "{\"a\":{{title}}}"}}),
              "options.template");
    EXPECT_EQ(field(good, {{"secrets", Object{{"hunch", "x"}}}}), "secrets.hunch");
    EXPECT_EQ(field(good, {{"kinds", json::bj::array{"backup.failed", "backup.flew"}}}),
              "kinds[1]");
    EXPECT_EQ(field(good, {{"severity", "grave"}}), "severity");
    EXPECT_EQ(field(good, {{"subject_labels", json::bj::array{""}}}), "subject_labels[0]");
    const auto [place, told] =
        refusal({{"name", "x"},
                 {"driver", "webhook"},
                 {"options", Object{{"url", webhook.url()}, {"secret", "hush-hush-7"}}}});
    EXPECT_EQ(place, "options.secret");
    EXPECT_EQ(told.find("hush-hush-7"), std::string::npos);
}

TEST_F(NewsStory, a_test_says_what_the_other_side_said) {
    const auto id = add_webhook();
    auto probe = post("channels/" + id + "/test", {}, 200);
    EXPECT_TRUE(probe.at("delivered").as_bool());
    EXPECT_EQ(text(probe, "answer"), "heard");
    EXPECT_EQ(probe.at("status").to_number<int>(), 200);
    webhook.reply = net::testing::answer(403, "not you");
    probe = post("channels/" + id + "/test", {}, 200);
    EXPECT_FALSE(probe.at("delivered").as_bool());
    EXPECT_EQ(text(probe, "answer"), "the webhook answers 403: not you");
    EXPECT_NE(text(probe, "hint"), "");
    EXPECT_EQ(webhook.kinds(), (std::vector<std::string>{"test", "test"}));
}

TEST_F(NewsStory, kinds_are_listed_for_the_form_where_people_choose) {
    const auto kinds = get("channel-kinds").at("items");
    ASSERT_EQ(kinds.as_array().size(), 6U);
    EXPECT_EQ(text(kinds.at(0), "name"), "email");
    EXPECT_EQ(text(kinds.at(0).at("options").at(0), "name"), "host");
    EXPECT_EQ(get("event-kinds").at("items").as_array().size(), model::event_kinds.size());
}

}  // namespace
}  // namespace ds::server::testing
