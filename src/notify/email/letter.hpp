#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/event.hpp"

namespace ds::notify::email {

struct Mailbox {
    std::string name;     // may be empty
    std::string address;  // ASCII, one '@', nothing that could end a header or a command
};

/// `address` or `Name <address>`.
Result<Mailbox> read_mailbox(std::string_view text);
/// Separated by comma, semicolon or line.
Result<std::vector<Mailbox>> read_mailboxes(std::string_view text);

/// Templates of the receiver's own; "" is our text.
struct Patterns {
    std::string subject;
    std::string text;
    std::string html;
};

struct Envelope {
    Mailbox from;
    std::vector<Mailbox> to;
    Patterns patterns = {};
};

/// The whole letter: RFC 5322 headers (RFC 2047 where they are not ASCII) and both texts as
/// multipart/alternative in quoted-printable. Every line ends with CRLF and has at most 76 bytes,
/// but for addresses, which have none to break at. `event` is cleaned. The same event makes the
/// same Message-ID, so that a letter sent twice is shown once.
std::string letter(const Envelope& envelope, const model::Event& event,
                   std::chrono::system_clock::time_point now);

/// "=?UTF-8?B?…?= …", folded; plain ASCII stays as it is where it may.
std::string encoded_words(std::string_view text);
/// RFC 2045 section 6.7, lines ending with CRLF.
std::string quoted_printable(std::string_view text);

}  // namespace ds::notify::email
