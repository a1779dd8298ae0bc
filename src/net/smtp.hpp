#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/guard.hpp"

namespace ds::net {

enum class SmtpSecurity {
    none,
    starttls,  // a server that does not offer it is refused, never spoken to in the clear
    tls,
};

struct SmtpServer {
    std::string host;
    std::uint16_t port = 587;
    SmtpSecurity security = SmtpSecurity::starttls;
    std::string user;  // empty: no login
    Secret password;

    /// "mail.example.org:587"
    std::string shown() const;
};

/// Addresses without names and angle brackets, in ASCII.
struct SmtpLetter {
    std::string from;
    std::vector<std::string> to;
    std::string_view text;  // headers and body with CRLF at every line's end; dots are our business
};

struct SmtpReceipt {
    int status = 0;
    std::string answer;                // the server's last word: "250 2.0.0 Ok: queued as 4Rz"
    std::vector<std::string> refused;  // what it said to recipients that it did not take
};

struct SmtpOptions {
    // Until the login is over: many servers keep strangers waiting before they greet them.
    std::chrono::milliseconds connect_max{30'000};
    std::chrono::seconds total_max{60};
    std::string ca_file;  // instead of the system's certificates
    Outgoing outgoing;    // whom it may call; else Code::denied
};

/// Mail over libcurl: one connection a letter, TLS always verified. Thread-safe; each call blocks
/// its thread.
///
/// A letter that at least one recipient gets is sent; with none it is an error. Errors:
/// unauthenticated (login refused), invalid (the server refuses sender, recipients or letter for
/// good), unsupported (no STARTTLS, no way to log in), unavailable (the server says "later", or
/// cannot be reached), timeout, denied (TLS peer not trusted), cancelled.
class SmtpClient {
public:
    explicit SmtpClient(SmtpOptions options = {});
    Result<SmtpReceipt> send(const SmtpServer& server, const SmtpLetter& letter,
                             const std::stop_token& stop = {}) const;

private:
    const SmtpOptions options_;
};

}  // namespace ds::net
