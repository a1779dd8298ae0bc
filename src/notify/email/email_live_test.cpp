#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "net/testing/scripted_http.hpp"
#include "notify/testing/random_event.hpp"
#include "notify/testing/some_event.hpp"
#include "notify/wording.hpp"
#include "sys/process.hpp"

/// Mail against a real SMTP server (python3-aiosmtpd) with TLS and login.
namespace ds::notify::email {
namespace {

using notify::testing::opened;
using notify::testing::some_event;

struct Received {
    std::string from;
    std::vector<std::string> to;
    bool tls = false;
    bool login = false;
    std::vector<std::string> headers;
    std::string subject;
    std::string text;
    std::string html;
    std::vector<std::string> defects;
};
BOOST_DESCRIBE_STRUCT(Received, (), (from, to, tls, login, headers, subject, text, html, defects))

sys::Finished run_program(std::vector<std::string> arguments) {
    sys::Command command;
    command.arguments = std::move(arguments);
    command.environment = sys::clean_environment();
    auto finished = sys::run_command(command, MiB);
    return finished ? std::move(*finished) : sys::Finished{{127, 0}, "", ""};
}

class MailServer {
public:
    explicit MailServer(const std::string& mode) : mode_{mode} {
        std::string name = "/tmp/ds-notify-mail-XXXXXX";
        DS_CHECK(mkdtemp(name.data()) != nullptr, "no temporary directory");
        directory_ = name;
        run_program({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                     "ec_paramgen_curve:P-256", "-nodes", "-keyout", directory_ / "key.pem", "-out",
                     certificate(), "-days", "2", "-subj", "/CN=test", "-addext",
                     "subjectAltName=IP:127.0.0.1"});
        port_ = net::testing::unused_port();
        sys::Command command;
        command.arguments = {
            "/usr/bin/python3",     DS_SMTP_SERVER, std::to_string(port_), mode, certificate(),
            directory_ / "key.pem", directory_};
        command.environment = sys::clean_environment();
        auto started = sys::Child::start(command);
        DS_CHECK(started, "python3 does not start");
        child_ = std::move(*started);
        Bytes room(100);
        const auto got = sys::read_some(child_->output(), room, "server");
        EXPECT_TRUE(got && *got > 0) << child_->errors();
    }
    ~MailServer() {
        child_.reset();
        std::filesystem::remove_all(directory_);
    }
    MailServer(const MailServer&) = delete;
    MailServer& operator=(const MailServer&) = delete;

    std::string certificate() const { return directory_ / "cert.pem"; }
    Settings settings() const {
        Settings made{{"host", "127.0.0.1"},
                      {"port", std::to_string(port_)},
                      {"security", mode_},
                      {"from", "DumpStation <ds@example.org>"},
                      {"to", "a@example.org"}};
        if (mode_ != "none") {
            made["user"] = "ops@example.org";
            made["password"] = "right-Horse7";
        }
        return made;
    }
    Outside outside() const {
        net::SmtpOptions options;
        options.ca_file = certificate();
        return plain_outside({}, options);
    }
    Result<Receipt> send(const Settings& settings, const model::Event& event = some_event()) const {
        return opened("email", settings, outside())->send(event, sys::plain_run());
    }
    Received received(int number) const {
        const auto file = directory_ / (std::to_string(number) + ".json");
        const auto bytes = sys::read_file(file, 100 * MiB);
        EXPECT_TRUE(bytes) << "no letter " << number;
        if (!bytes) return {};
        auto letter = json::read<Received>(text_of(*bytes));
        EXPECT_TRUE(letter) << letter.error().message();
        return letter.value_or(Received{});
    }

private:
    const std::string mode_;
    std::filesystem::path directory_;
    std::uint16_t port_ = 0;
    std::unique_ptr<sys::Child> child_;
};

class Mail : public ::testing::Test {
protected:
    void SetUp() override {
        if (!run_program({"/usr/bin/python3", "-c", "import aiosmtpd"}).exit.ok()) {
            GTEST_SKIP() << "python3-aiosmtpd is not installed";
        }
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
