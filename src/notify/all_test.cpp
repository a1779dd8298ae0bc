#include "notify/all.hpp"

#include <set>

#include <gtest/gtest.h>

#include "notify/testing/some_event.hpp"

namespace ds::notify {
namespace {

using testing::first_complaint;

const std::string discord_url = "https://discord.com/api/webhooks/1234567890/abcDEF_ghi-jklMNO";

TEST(Channels, every_driver_describes_options_that_a_form_can_show) {
    for (const auto* driver : drivers()) {
        std::set<std::string_view> names;
        EXPECT_EQ(find_driver(driver->name), driver);
        for (const auto& option : driver->options) {
            EXPECT_TRUE(names.insert(option.name).second) << option.name;
            EXPECT_TRUE(option.help.ends_with('.') || option.help.ends_with("…")) << option.help;
            EXPECT_EQ(option.choices.empty(), option.kind != OptionKind::choice) << option.name;
        }
    }
}

TEST(Channels, a_real_discord_webhook_address_is_accepted_R_08) {
    for (const auto* host : {"discord.com", "discordapp.com", "ptb.discord.com"}) {
        const auto url = "https://" + std::string{host} + "/api/webhooks/1234567890/abcDEF_ghi-jkl";
        EXPECT_EQ(first_complaint("discord", {{"webhook_url", url}}), "");
    }
}

TEST(Channels, a_channel_of_one_make_needs_nothing_of_another_R_10) {
    EXPECT_EQ(first_complaint("telegram", {{"bot_token", "123456:ABCdefGhIJKlmNoPQRsTUVwxyZ"},
                                           {"chat_id", "-100123"}}),
              "");
}

TEST(Channels, an_empty_value_is_the_same_as_none_R_14) {
    EXPECT_EQ(first_complaint("discord", {{"webhook_url", discord_url}, {"thread_id", ""}}), "");
    EXPECT_EQ(first_complaint("discord", {{"webhook_url", " "}}), "webhook_url: is required");
}

TEST(Channels, all_complaints_come_at_once_and_name_their_option) {
    const auto complaints = check_settings(*find_driver("email"),
                                           {{"port", "x"}, {"security", "ssl"}, {"colour", "red"}});
    std::set<std::string> options;
    for (const auto& complaint : complaints) options.insert(complaint.option);
    EXPECT_EQ(options, (std::set<std::string>{"colour", "from", "host", "port", "security", "to"}));
}

TEST(Channels, what_cannot_work_is_refused_before_anybody_is_called) {
    const auto url = [](const std::string& value) {
        return first_complaint("discord", {{"webhook_url", value}});
    };
    EXPECT_NE(url("http://discord.com/api/webhooks/1/abcdef"), "");
    EXPECT_NE(url("https://discord.com/channels/1/2"), "");
    EXPECT_NE(url("ftp://discord.com/api/webhooks/1/abcdef"), "");
    EXPECT_NE(url("https://user:pw@discord.com/api/webhooks/1/abcdef"), "");
    EXPECT_NE(url("https://discord.com/api/webhooks/1/abc\r\nX: y"), "");
    EXPECT_NE(first_complaint("telegram", {{"bot_token", "hello"}, {"chat_id", "1"}}), "");
    EXPECT_NE(first_complaint("webhook", {{"url", "file:///etc/passwd"}}), "");
    EXPECT_NE(first_complaint("webhook", {{"url", "https://x.example"}, {"method", "GET"}}), "");
}

TEST(Channels, opening_with_wrong_settings_names_the_option_and_no_value) {
    const auto channel =
        open_channel("discord", {{"webhook_url", "https://evil.example/hunter2"}}, plain_outside());
    ASSERT_FALSE(channel);
    EXPECT_EQ(channel.error().code(), Code::invalid);
    EXPECT_NE(channel.error().message().find("webhook_url"), std::string::npos);
    EXPECT_EQ(channel.error().message().find("hunter2"), std::string::npos);
    EXPECT_FALSE(open_channel("pigeon", {}, plain_outside()));
}

TEST(Channels, clients_come_from_outside_so_that_addresses_can_be_guarded) {
    int asked = 0;
    auto outside = plain_outside();
    outside.http = [&asked] {
        ++asked;
        return std::make_shared<net::HttpClient>();
    };
    ASSERT_TRUE(open_channel("discord", {{"webhook_url", discord_url}}, outside));
    EXPECT_EQ(asked, 1);
}

TEST(EventKinds, every_kind_is_found_by_its_name_and_said_once) {
    for (const auto& kind : model::event_kinds) EXPECT_EQ(model::find_event_kind(kind.name), &kind);
    EXPECT_EQ(model::find_event_kind("backup"), nullptr);
}

}  // namespace
}  // namespace ds::notify
