#include "notify/testing/mail_server.hpp"

#include <cstdlib>

#include "net/testing/scripted_http.hpp"

namespace ds::notify::testing {
namespace {

sys::Finished run_program(std::vector<std::string> arguments) {
    sys::Command command;
    command.arguments = std::move(arguments);
    command.environment = sys::clean_environment();
    auto finished = sys::run_command(command, MiB);
    return finished ? std::move(*finished) : sys::Finished{{127, 0}, "", ""};
}

}  // namespace

bool MailServer::is_there() {
    return run_program({"/usr/bin/python3", "-c", "import aiosmtpd"}).exit.ok();
}

MailServer::MailServer(const std::string& mode) : mode_{mode} {
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

MailServer::~MailServer() {
    child_.reset();
    std::filesystem::remove_all(directory_);
}

Settings MailServer::settings() const {
    Settings made{{"host", "127.0.0.1"},
                  {"port", std::to_string(port_)},
                  {"security", mode_},
                  {"from", "DumpStation <ds@example.org>"},
                  {"to", "a@example.org"}};
    if (mode_ != "none") {
        made["user"] = "ops@example.org";
        made["password"] = password();
    }
    return made;
}

Outside MailServer::outside() const {
    net::SmtpOptions options;
    options.ca_file = certificate();
    return plain_outside({}, options);
}

Result<Receipt> MailServer::send(const Settings& settings, const model::Event& event) const {
    return opened("email", settings, outside())->send(event, sys::plain_run());
}

Letter MailServer::received(int number) const {
    const auto bytes = sys::read_file(file_of(number), 100 * MiB);
    EXPECT_TRUE(bytes) << "no letter " << number;
    if (!bytes) return {};
    auto letter = json::read<Letter>(text_of(*bytes));
    EXPECT_TRUE(letter) << letter.error().message();
    return letter.value_or(Letter{});
}

bool MailServer::has_received(int number) const { return std::filesystem::exists(file_of(number)); }

std::filesystem::path MailServer::file_of(int number) const {
    return directory_ / (std::to_string(number) + ".json");
}

}  // namespace ds::notify::testing
