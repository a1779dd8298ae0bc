#include <gtest/gtest.h>

#include "notify/testing/random_event.hpp"
#include "notify/testing/some_event.hpp"
#include "notify/testing/strict_channels.hpp"

/// What every chat channel keeps, against servers that refuse what the vendors refuse.
namespace ds::notify {
namespace {

using testing::opened;
using testing::some_event;
using testing::StrictChannel;
using testing::Vendor;

struct Make {
    Vendor vendor;
    std::string driver;
};

Settings settings_for(const Make& make, const StrictChannel& server) {
    if (make.vendor == Vendor::telegram) {
        return {{"bot_token", StrictChannel::bot_token()},
                {"chat_id", "-1001234567890"},
                {"api_url", server.origin()}};
    }
    return {{"webhook_url", server.webhook_url()}};
}

class ChatChannel : public ::testing::TestWithParam<Make> {
protected:
    StrictChannel server_{GetParam().vendor};
    std::unique_ptr<Notifier> channel_{
        opened(GetParam().driver, settings_for(GetParam(), server_))};

    Result<Receipt> send(const model::Event& event) {
        return channel_->send(event, sys::plain_run());
    }
    /// Everything of the settings that nobody may see.
    std::vector<std::string> secrets() const {
        if (GetParam().vendor == Vendor::telegram) return {"ABC-DEF1234ghIkl", "zyx57W2v1u123ew11"};
        const auto url = server_.webhook_url();
        return {url.substr(url.rfind('/') + 1)};
    }
    void expect_no_secret(const std::string& text) const {
        for (const auto& secret : secrets()) EXPECT_EQ(text.find(secret), text.npos) << text;
    }
};

TEST_P(ChatChannel, a_message_arrives_with_all_that_it_has_to_say) {
    const auto sent = send(some_event());
    ASSERT_TRUE(sent) << sent.error().message() << server_.complaints();
    EXPECT_EQ(sent->status, 200);
    EXPECT_EQ(server_.accepted(), 1);
    const auto body = json::to_text(server_.last());
    for (const auto* part : {"Backup of shop failed", "connection to server failed", "1.3 GB"}) {
        EXPECT_NE(body.find(part), body.npos) << body;
    }
}

TEST_P(ChatChannel, any_event_is_accepted_at_once) {
    const std::uint64_t seed = 20261123;
    testing::RandomEvents events{seed};
    for (int i = 0; i < 120; ++i) {
        const auto sent = send(events.next());
        ASSERT_TRUE(sent) << sent.error().message() << " in round " << i;
        ASSERT_EQ(server_.complaints(), "") << "round " << i << ", seed " << seed;
    }
    EXPECT_EQ(server_.accepted(), 120);
}

TEST_P(ChatChannel, the_failure_alert_is_not_lost_to_length_or_markup_R_09) {
    auto event = some_event();
    event.text.clear();
    for (int i = 0; i < 3000; ++i) event.text += "pg_dump: error: *_`<relation \"a_b\"> & more\n";
    const auto sent = send(event);
    ASSERT_TRUE(sent) << sent.error().message() << server_.complaints();
    const auto body = json::to_text(server_.last());
    EXPECT_NE(body.find("…"), body.npos);
    EXPECT_NE(body.find("Backup of shop failed"), body.npos);
}

TEST_P(ChatChannel, a_vendor_that_dislikes_the_form_gets_a_bare_message) {
    server_.next(net::testing::answer(400, R"({"message":"new rule"})"));
    const auto sent = send(some_event());
    ASSERT_TRUE(sent) << sent.error().message() << server_.complaints();
    EXPECT_EQ(server_.accepted(), 1);
    EXPECT_EQ(server_.complaints(), "");
}

TEST_P(ChatChannel, a_form_refused_twice_is_an_error_for_good) {
    for (int i = 0; i < 2; ++i) server_.next(net::testing::answer(400, "no"));
    const auto sent = send(some_event());
    ASSERT_FALSE(sent);
    EXPECT_FALSE(sent.error().transient());
    EXPECT_NE(sent.error().message().find("400"), std::string::npos);
}

TEST_P(ChatChannel, too_many_says_how_long_to_wait) {
    server_.next_too_many(12.3);
    const auto sent = send(some_event());
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().transient());
    EXPECT_EQ(sent.error().wait_seconds(), 13);
}

TEST_P(ChatChannel, a_server_in_trouble_may_be_tried_again) {
    server_.next(net::testing::answer(502, "<html>bad gateway</html>"));
    const auto sent = send(some_event());
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().transient());
    EXPECT_EQ(sent.error().wait_seconds(), 0);
}

TEST_P(ChatChannel, a_channel_that_is_gone_is_an_error_for_good) {
    for (const int status : {401, 403, 404, 410}) {
        server_.next(net::testing::answer(status, "gone"));
        const auto sent = send(some_event());
        ASSERT_FALSE(sent);
        EXPECT_FALSE(sent.error().transient()) << status;
        EXPECT_NE(sent.error().hint(), "") << status;
    }
}

TEST_P(ChatChannel, redirects_are_not_followed) {
    server_.next(net::testing::answer(302, "", {{"Location", server_.webhook_url()}}));
    const auto sent = send(some_event());
    ASSERT_FALSE(sent);
    EXPECT_EQ(server_.accepted(), 0);
}

TEST_P(ChatChannel, secrets_are_in_no_error_and_no_receipt_even_when_the_other_side_repeats_them) {
    std::string echo = server_.webhook_url() + " bot" + StrictChannel::bot_token();
    for (const int status : {200, 400, 400, 404, 429, 500}) {
        server_.next(net::testing::answer(status, R"({"url":")" + echo + R"("})"));
    }
    for (int i = 0; i < 5; ++i) {
        const auto sent = send(some_event());
        if (sent) {
            expect_no_secret(sent->answer);
        } else {
            expect_no_secret(sent.error().message() + sent.error().hint());
        }
    }
    auto settings = settings_for(GetParam(), server_);
    for (auto& [name, value] : settings) {
        if (value.starts_with("http")) {
            const auto port = std::to_string(net::testing::unused_port());
            value.replace(value.rfind(':') + 1, value.find('/', 9) - value.rfind(':') - 1, port);
        }
    }
    const auto sent = opened(GetParam().driver, settings)->send(some_event(), sys::plain_run());
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().transient());
    expect_no_secret(sent.error().message());
}

TEST_P(ChatChannel, a_stop_ends_the_wait_for_an_answer) {
    server_.next(net::testing::act(net::testing::Act::Kind::hang));
    std::stop_source stop;
    stop.request_stop();
    const sys::Run run{stop.get_token(), sys::system_clock(), sys::no_progress()};
    const auto sent = channel_->send(some_event(), run);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), Code::cancelled);
}

INSTANTIATE_TEST_SUITE_P(Vendors, ChatChannel,
                         ::testing::Values(Make{Vendor::discord, "discord"},
                                           Make{Vendor::telegram, "telegram"},
                                           Make{Vendor::slack, "slack"}),
                         [](const auto& param_info) { return param_info.param.driver; });

}  // namespace
}  // namespace ds::notify
