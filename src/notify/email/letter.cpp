#include "notify/email/letter.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/core.h>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "crypto/sha256.hpp"
#include "notify/email/letter_html.hpp"
#include "notify/template.hpp"
#include "notify/wording.hpp"

namespace ds::notify::email {
namespace {

constexpr std::size_t subject_units_max = 200;
constexpr std::size_t line_bytes_max = 76;
// In base64 with its frame 56 bytes, which fit behind the longest name of a header.
constexpr std::size_t word_bytes_max = 33;

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

bool is_address(std::string_view text) {
    const auto at = text.find('@');
    return text.size() <= 254 && at != text.npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == text.npos &&
           std::all_of(text.begin(), text.end(), is_visible) &&
           text.find_first_of("<>()[],;:\\\"") == text.npos;
}

/// strftime would ask the locale for its words.
std::string mail_date(std::chrono::system_clock::time_point when) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = std::chrono::system_clock::to_time_t(when);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                       days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                       months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                       utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::string shown(const Mailbox& mailbox) {
    if (mailbox.name.empty()) return mailbox.address;
    return encoded_words(mailbox.name) + " <" + mailbox.address + ">";
}

/// A pattern that was checked can always be filled in; if not, our own text serves.
std::string filled_or(const std::string& pattern, Form form, const model::Event& event,
                      const std::string& ours) {
    return pattern.empty() ? ours : filled_in(pattern, form, event).value_or(ours);
}

std::string usual_subject(const model::Event& event) {
    std::string subject = "[DumpStation] " + event.title;
    const bool named = event.title.find(event.subject) != std::string::npos;
    if (!named) subject += " (" + event.subject + ")";
    return subject;
}

std::string subject_of(const Envelope& envelope, const model::Event& event) {
    return one_line(filled_or(envelope.patterns.subject, Form::plain, event, usual_subject(event)),
                    subject_units_max);
}

std::string headers_of(const Envelope& envelope, const model::Event& event,
                       std::chrono::system_clock::time_point now) {
    const auto domain = envelope.from.address.substr(envelope.from.address.find('@') + 1);
    std::vector<std::string> to;
    for (const auto& mailbox : envelope.to) to.push_back(shown(mailbox));
    const auto id = crypto::sha256_hex(view_of(event.id + "\n" + join(to, "\n"))).substr(0, 32);
    return fmt::format(
        "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\n"
        "List-Id: DumpStation notifications <dumpstation.{}>\r\n"
        "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n"
        "X-DumpStation-Event: {}\r\nMIME-Version: 1.0\r\n",
        shown(envelope.from), join(to, ",\r\n "), encoded_words(subject_of(envelope, event)),
        mail_date(now), id, domain, domain, encoded_words(fitted(event.kind, 60)));
}

std::string part(std::string_view type, std::string_view text) {
    return fmt::format(
        "Content-Type: {}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
        type, quoted_printable(text));
}

/// One code unit of quoted-printable. A dot that begins a line is written as =2E as well, for
/// servers on the way that forget about it.
std::string printed(char c, bool begins_line, bool ends_line) {
    const bool blank = c == ' ' || c == '\t';
    const bool as_it_is =
        (is_visible(c) && c != '=' && !(c == '.' && begins_line)) || (blank && !ends_line);
    return as_it_is ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
}

}  // namespace

Result<Mailbox> read_mailbox(std::string_view text) {
    Mailbox mailbox;
    text = trimmed(text);
    const auto open = text.find('<');
    if (open == text.npos) {
        mailbox.address = text;
    } else if (text.ends_with('>')) {
        mailbox.name = trimmed(text.substr(0, open));
        mailbox.address = text.substr(open + 1, text.size() - open - 2);
    }
    const auto& name = mailbox.name;
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
        mailbox.name = name.substr(1, name.size() - 2);
    }
    if (!is_address(mailbox.address) || printable(mailbox.name, 200) != mailbox.name) {
        return fail(Code::invalid,
                    "is not an address like ops@example.org or Ops <ops@example.org>");
    }
    mailbox.name = clean(mailbox.name);
    return mailbox;
}

Result<std::vector<Mailbox>> read_mailboxes(std::string_view text) {
    std::string commas{text};
    std::replace(commas.begin(), commas.end(), ';', ',');
    std::replace(commas.begin(), commas.end(), '\n', ',');
    std::vector<Mailbox> mailboxes;
    for (const auto& item : split(commas, ',')) {
        if (trimmed(item).empty()) continue;
        auto mailbox = read_mailbox(item);
        if (!mailbox) {
            return fail(Code::invalid, fmt::format("number {} {}", mailboxes.size() + 1,
                                                   mailbox.error().message()));
        }
        mailboxes.push_back(std::move(*mailbox));
    }
    return mailboxes;
}

std::string encoded_words(std::string_view text) {
    constexpr std::string_view calm = " -_.+!?*/'[]()";
    const auto is_calm = [&](char c) {
        return (c >= '0' && c <= '9') || (lower({&c, 1})[0] >= 'a' && lower({&c, 1})[0] <= 'z') ||
               calm.find(c) != std::string_view::npos;
    };
    const bool plain = std::all_of(text.begin(), text.end(), is_calm) &&
                       text.size() <= line_bytes_max - 16 && text.find("=?") == text.npos;
    if (plain) return std::string{text};
    std::vector<std::string> words;
    while (!text.empty()) {
        std::size_t taken = 0;
        for (;;) {
            const auto step = std::max<std::size_t>(utf8_sequence_bytes(text.substr(taken)), 1);
            if (taken >= text.size() || taken + step > word_bytes_max) break;
            taken += step;
        }
        words.push_back("=?UTF-8?B?" + to_base64(view_of(text.substr(0, taken))) + "?=");
        text.remove_prefix(taken);
    }
    return join(words, "\r\n ");
}

std::string quoted_printable(std::string_view text) {
    std::string written;
    for (const auto& line : split(text, '\n')) {
        if (written.size() > 0) written += "\r\n";
        std::size_t column = 0;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const bool ends_line = i + 1 == line.size();
            auto piece = printed(line[i], column == 0, ends_line);
            // One byte stays free for the "=" of a line that goes on.
            if (column + piece.size() > line_bytes_max - 1) {
                written += "=\r\n";
                column = 0;
                piece = printed(line[i], true, ends_line);
            }
            written += piece;
            column += piece.size();
        }
    }
    return written;
}

std::string letter(const Envelope& envelope, const model::Event& event,
                   std::chrono::system_clock::time_point now) {
    const auto& patterns = envelope.patterns;
    const auto text = filled_or(patterns.text, Form::plain, event, plain_text(event));
    const auto page = filled_or(patterns.html, Form::html, event, html_text(event));
    // Nothing in quoted-printable contains "=_".
    const std::string boundary =
        "=_" + crypto::sha256_hex(view_of(event.id + event.title)).substr(0, 32);
    return headers_of(envelope, event, now) +
           fmt::format("Content-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n",
                       boundary) +
           fmt::format("--{}\r\n{}", boundary, part("text/plain", text)) +
           fmt::format("--{}\r\n{}", boundary, part("text/html", page)) +
           fmt::format("--{}--\r\n", boundary);
}

}  // namespace ds::notify::email
