#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "notify/testing/some_event.hpp"
#include "sys/process.hpp"

namespace ds::notify::testing {

/// A letter as a mail program reads it.
struct Letter {
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
BOOST_DESCRIBE_STRUCT(Letter, (), (from, to, tls, login, headers, subject, text, html, defects))

/// A real SMTP server (python3-aiosmtpd) on 127.0.0.1 with a certificate of its own.
class MailServer {
public:
    static bool is_there();

    /// "none", "starttls" or "tls"; the latter two want a login.
    explicit MailServer(const std::string& mode);
    ~MailServer();
    MailServer(const MailServer&) = delete;
    MailServer& operator=(const MailServer&) = delete;

    std::string certificate() const { return directory_ / "cert.pem"; }
    static std::string password() { return "right-Horse7"; }
    Settings settings() const;
    /// Trusts this server.
    Outside outside() const;
    Result<Receipt> send(const Settings& settings, const model::Event& event = some_event()) const;
    /// The letter of that number, from 1.
    Letter received(int number) const;
    bool has_received(int number) const;

private:
    const std::string mode_;
    std::filesystem::path directory_;
    std::uint16_t port_ = 0;
    std::unique_ptr<sys::Child> child_;

    std::filesystem::path file_of(int number) const;
};

}  // namespace ds::notify::testing
