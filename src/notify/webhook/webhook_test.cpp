#include <gtest/gtest.h>

#include "base/text.hpp"
#include "crypto/primitives.hpp"
#include "net/testing/scripted_http.hpp"
#include "notify/template.hpp"
#include "notify/testing/random_event.hpp"
#include "notify/testing/some_event.hpp"

namespace ds::notify {
namespace {

using net::testing::answer;
using net::testing::Heard;
using net::testing::ScriptedHttp;
using testing::first_complaint;
using testing::opened;
using testing::some_event;

/// Keeps the last request.
class Receiver {
public:
    std::string url() const { return server_.origin() + "/hooks/s3cretpath?key=s3cretkey"; }
    Heard heard;
    net::testing::Act reply = answer(200, "thanks");

    Receipt deliver(Settings settings, const model::Event& event = some_event()) {
        settings["url"] = url();
        const auto sent = opened("webhook", settings)->send(event, sys::plain_run());
        EXPECT_TRUE(sent) << sent.error().message();
        return sent.value_or(Receipt{});
    }
    std::string body() const { return std::string{text_of(heard.body)}; }

private:
    ScriptedHttp server_{[this](const Heard& request) {
        heard = request;
        return reply;
    }};
};

TEST(Webhook, sends_the_whole_event_as_it_is_described) {
    Receiver receiver;
    const auto receipt = receiver.deliver({});
    EXPECT_EQ(receipt.answer, "thanks");
    EXPECT_EQ(receiver.heard.method, "POST");
    EXPECT_EQ(receiver.heard.target, "/hooks/s3cretpath?key=s3cretkey");
    EXPECT_EQ(receiver.heard.header("content-type"), "application/json");
    EXPECT_EQ(receiver.heard.header("x-dumpstation-event"), "backup.failed");
    EXPECT_EQ(receiver.heard.header("x-dumpstation-event-id"), some_event().id);
    EXPECT_EQ(receiver.heard.header("x-dumpstation-signature"), "");
    const auto event = json::read<model::Event>(receiver.body());
    ASSERT_TRUE(event) << event.error().message();
    EXPECT_EQ(event->fields.at(1).value, "1.3 GB");
}

TEST(Webhook, a_signature_covers_time_and_body) {
    Receiver receiver;
    receiver.deliver({{"secret", "k3y"}});
    const auto parts = split(receiver.heard.header("x-dumpstation-signature"), ',');
    ASSERT_EQ(parts.size(), 2U);
    const auto time = parts[0].substr(2);
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    EXPECT_LE(std::abs(std::stol(time) - now), 5);
    const auto mac = crypto::hmac_sha256(view_of("k3y"), view_of(time + "." + receiver.body()));
    EXPECT_EQ(parts[1], "v1=" + to_hex(mac));
}

TEST(Webhook, headers_are_the_users_but_not_those_that_frame_the_request) {
    Receiver receiver;
    receiver.deliver({{"headers", "Authorization: Bearer abc123\n\nX-Team: ops\r\n"}});
    EXPECT_EQ(receiver.heard.header("authorization"), "Bearer abc123");
    EXPECT_EQ(receiver.heard.header("x-team"), "ops");
    for (const auto* line : {"Host: x", "Content-Length: 5", "no colon", "A B: c", ": x",
                             "X-DumpStation-Signature: t=1", "A: b\x01"}) {
        EXPECT_NE(first_complaint("webhook", {{"url", receiver.url()}, {"headers", line}}), "")
            << line;
    }
}

TEST(Webhook, a_template_is_filled_in_once_and_stays_json) {
    Receiver receiver;
    auto event = some_event();
    event.title = "Immich \"{{text}}\" \\";
    receiver.deliver({{"template", R"({"t":"{{title}}","size":"{{ field.Size }}",)"
                                   R"("gone":"{{field.None}}","all":{{event}}})"}},
                     event);
    const auto body = json::parse(receiver.body()).value();
    EXPECT_EQ(body.at("t").as_string(), event.title);
    EXPECT_EQ(body.at("size").as_string(), "1.3 GB");
    EXPECT_EQ(body.at("gone").as_string(), "");
    EXPECT_EQ(body.at("all").at("title").as_string(), event.title);
}

TEST(Webhook, a_template_that_cannot_become_json_is_refused_when_it_is_set) {
    const auto complaint = [](const std::string& pattern, const std::string& type) {
        return first_complaint(
            "webhook",
            {{"url", "https://x.example/"}, {"template", pattern}, {"content_type", type}});
    };
    const std::string type = "application/json; charset=utf-8";
    EXPECT_EQ(complaint(R"({"a":"{{title}}"})", type), "");
    EXPECT_NE(complaint(R"({"a":{{title}}})", type), "");
    EXPECT_NE(complaint(R"({"a":"{{event}}"})", type), "");
    EXPECT_NE(complaint(R"({"a":"{{titel}}"})", type), "");
    EXPECT_NE(complaint(R"({"a":"{{title"})", type), "");
    EXPECT_EQ(complaint("{{title}}: {{text}}", "text/plain"), "");
    EXPECT_NE(complaint("x", "text\r\nX: y"), "");
}

TEST(Webhook, other_content_types_get_other_escapes) {
    Receiver receiver;
    auto event = some_event();
    event.title = "a&b=c d\"";
    receiver.deliver(
        {{"content_type", "application/x-www-form-urlencoded"}, {"template", "title={{title}}"}},
        event);
    EXPECT_EQ(receiver.body(), "title=a%26b%3Dc%20d%22");
    receiver.deliver({{"content_type", "text/plain"}, {"template", "{{title}}"}}, event);
    EXPECT_EQ(receiver.body(), event.title);
}

TEST(Webhook, any_event_makes_a_body_of_json_and_headers_of_one_line) {
    Receiver receiver;
    testing::RandomEvents events{11};
    for (int i = 0; i < 40; ++i) {
        receiver.deliver({{"template", R"(["{{title}}","{{text}}",{{fields}},"{{id}}"])"}},
                         events.next());
        ASSERT_TRUE(json::parse(receiver.body())) << i;
        receiver.deliver({}, events.next());
        ASSERT_TRUE(json::read<model::Event>(receiver.body())) << i;
    }
}

TEST(Webhook, secrets_are_in_no_error) {
    Receiver receiver;
    receiver.reply = answer(500, R"({"echo":"s3cretkey s3cretpath abc123 k3yk3y"})");
    const auto channel = opened("webhook", {{"url", receiver.url()},
                                            {"secret", "k3yk3y"},
                                            {"headers", "Authorization: Bearer abc123"}});
    const auto sent = channel->send(some_event(), sys::plain_run());
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().transient());
    for (const auto* secret : {"s3cretpath", "abc123", "k3yk3y", "s3cretkey"}) {
        EXPECT_EQ(sent.error().message().find(secret), std::string::npos) << sent.error().message();
    }
}

}  // namespace
}  // namespace ds::notify
