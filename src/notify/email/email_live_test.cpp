#include <algorithm>

#include <gtest/gtest.h>

#include "net/testing/scripted_http.hpp"
#include "notify/testing/mail_server.hpp"
#include "notify/testing/random_event.hpp"
#include "notify/testing/some_event.hpp"
#include "notify/wording.hpp"

/// Mail against a real SMTP server (python3-aiosmtpd) with TLS and login.
namespace ds::notify::email {
namespace {

using notify::testing::MailServer;
using notify::testing::opened;
using notify::testing::some_event;

class Mail : public ::testing::Test {
protected:
    void SetUp() override {
        if (!MailServer::is_there()) GTEST_SKIP() << "python3-aiosmtpd is not installed";
    }
};

TEST_F(Mail, goes_over_starttls_with_a_login_and_keeps_every_letter) {
    const MailServer server{"starttls"};
    auto event = some_event();
    event.title = "Größe von 漢字 😀 fiel";
    event.text = ".\n..\n.dot\n" + std::string(5000, 'x') + "\nZeile mit ü\n From here ";
    const auto sent = server.send(server.settings(), event);
    ASSERT_TRUE(sent) << sent.error().message();
    EXPECT_EQ(sent->answer, "250 2.0.0 Ok: queued as 1");
    const auto letter = server.received(1);
    EXPECT_TRUE(letter.tls && letter.login);
    EXPECT_EQ(letter.from, "ds@example.org");
    EXPECT_EQ(letter.subject, "[DumpStation] Größe von 漢字 😀 fiel (shop)");
    EXPECT_EQ(letter.defects, std::vector<std::string>{});
    EXPECT_NE(letter.text.find(cleaned(event).text), letter.text.npos) << letter.text;
    EXPECT_NE(letter.html.find("Database"), letter.html.npos);
}

TEST_F(Mail, goes_over_tls_from_the_first_byte) {
    const MailServer server{"tls"};
    const auto sent = server.send(server.settings());
    ASSERT_TRUE(sent) << sent.error().message();
    EXPECT_TRUE(server.received(1).tls);
}

TEST_F(Mail, a_wrong_password_is_said_precisely_and_not_shown) {
    const MailServer server{"starttls"};
    auto settings = server.settings();
    settings["password"] = "wrong-Horse8";
    const auto sent = server.send(settings);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), Code::unauthenticated);
    EXPECT_NE(sent.error().message().find("refuses user and password: 535"), std::string::npos)
        << sent.error().message();
    EXPECT_EQ(sent.error().message().find("wrong-Horse8"), std::string::npos);
}

TEST_F(Mail, a_server_without_starttls_is_not_spoken_to_in_the_clear) {
    const MailServer server{"none"};
    auto settings = server.settings();
    settings["security"] = "starttls";
    const auto sent = server.send(settings);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), Code::unsupported) << sent.error().message();
}

TEST_F(Mail, a_certificate_that_nobody_vouches_for_is_refused) {
    const MailServer server{"starttls"};
    const auto sent = opened("email", server.settings())->send(some_event(), sys::plain_run());
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), Code::denied) << sent.error().message();
}

TEST_F(Mail, refusals_for_good_and_for_now_are_told_apart) {
    const MailServer server{"none"};
    auto settings = server.settings();
    settings["to"] = "unknown@example.org";
    auto sent = server.send(settings);
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code(), Code::invalid);
    EXPECT_NE(sent.error().message().find("550 5.1.1 no such user"), std::string::npos)
        << sent.error().message();
    settings["to"] = "later@example.org";
    sent = server.send(settings);
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().transient()) << sent.error().message();
}

TEST_F(Mail, one_bad_recipient_does_not_keep_the_others_from_hearing_it) {
    const MailServer server{"none"};
    auto settings = server.settings();
    settings["to"] = "a@example.org, unknown@example.org, Bea <b@example.org>";
    const auto sent = server.send(settings);
    ASSERT_TRUE(sent) << sent.error().message();
    EXPECT_NE(sent->answer.find("not to everybody: 550 5.1.1"), std::string::npos) << sent->answer;
    EXPECT_EQ(server.received(1).to, (std::vector<std::string>{"a@example.org", "b@example.org"}));
}

TEST_F(Mail, a_title_cannot_add_headers_or_recipients) {
    const MailServer server{"none"};
    auto event = some_event();
    event.title = "x\r\nBcc: victim@example.org\r\n.\r\nRCPT TO:<victim@example.org>";
    ASSERT_TRUE(server.send(server.settings(), event));
    const auto letter = server.received(1);
    EXPECT_EQ(letter.to, std::vector<std::string>{"a@example.org"});
    EXPECT_EQ(std::count(letter.headers.begin(), letter.headers.end(), "Bcc"), 0);
    EXPECT_EQ(letter.subject, "[DumpStation] " + cleaned(event).title + " (shop)");
}

TEST_F(Mail, any_event_arrives_as_it_was) {
    const MailServer server{"none"};
    notify::testing::RandomEvents events{5};
    const auto channel = opened("email", server.settings(), server.outside());
    for (int i = 1; i <= 25; ++i) {
        const auto event = events.next();
        const auto sent = channel->send(event, sys::plain_run());
        ASSERT_TRUE(sent) << sent.error().message();
        const auto letter = server.received(i);
        EXPECT_EQ(letter.defects, std::vector<std::string>{});
        EXPECT_NE(letter.text.find(cleaned(event).text), letter.text.npos) << i;
    }
}

TEST_F(Mail, nobody_at_the_port_may_be_tried_again) {
    const auto sent = opened("email", {{"host", "127.0.0.1"},
                                       {"port", std::to_string(net::testing::unused_port())},
                                       {"from", "a@b.c"},
                                       {"to", "d@e.f"}})
                          ->send(some_event(), sys::plain_run());
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().transient());
}

}  // namespace
}  // namespace ds::notify::email
