#include "notify/email/letter.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "notify/testing/random_event.hpp"
#include "notify/testing/some_event.hpp"
#include "notify/wording.hpp"

namespace ds::notify::email {
namespace {

using notify::testing::first_complaint;
using notify::testing::some_event;

const auto when = from_rfc3339("2026-11-23T09:05:07Z").value();

Envelope envelope() {
    return {{"Dümp", "ds@example.org"}, {{"", "a@example.org"}, {"B", "b@x.y"}}};
}

/// Header lines, unfolded by nobody.
std::vector<std::string> header_lines(const std::string& letter) {
    return split(letter.substr(0, letter.find("\r\n\r\n")), '\n');
}

void expect_mail_form(const std::string& letter) {
    for (std::size_t i = 0; i < letter.size(); ++i) {
        const auto byte = static_cast<unsigned char>(letter[i]);
        ASSERT_TRUE(byte == '\r' || byte == '\n' || byte == '\t' || (byte >= 0x20 && byte < 0x7f));
        ASSERT_EQ(letter[i] == '\n', i > 0 && letter[i - 1] == '\r') << i;
    }
    for (const auto& line : split(letter, '\n')) {
        ASSERT_LE(line.size(), 78U + 1) << line;
        ASSERT_FALSE(line.starts_with('.')) << line;
    }
    EXPECT_TRUE(letter.ends_with("--\r\n"));
}

TEST(Letter, has_the_headers_that_mail_programs_want) {
    const auto text = letter(envelope(), some_event(), when);
    expect_mail_form(text);
    EXPECT_NE(text.find("Subject: [DumpStation] Backup of shop failed\r\n"), text.npos) << text;
    EXPECT_NE(text.find("Date: Mon, 23 Nov 2026 09:05:07 +0000\r\n"), text.npos);
    EXPECT_NE(text.find("From: =?UTF-8?B?RMO8bXA=?= <ds@example.org>\r\n"), text.npos);
    EXPECT_NE(text.find("To: a@example.org,\r\n B <b@x.y>\r\n"), text.npos);
    EXPECT_NE(text.find("Auto-Submitted: auto-generated\r\n"), text.npos);
    EXPECT_NE(text.find("List-Id: "), text.npos);
}

TEST(Letter, is_what_templates_make_of_it) {
    auto mine = envelope();
    mine.patterns = {"{{severity}}: {{title}}\n{{text}}", "Dear ops,\n{{text}}",
                     "<p>{{title}}</p>"};
    auto event = some_event();
    event.title = "a < b";
    event.text = "one\nBcc: victim@example.org";
    const auto text = letter(mine, event, when);
    expect_mail_form(text);
    EXPECT_NE(text.find("\r\n\r\nDear ops,\r\none\r\nBcc: victim@example.org\r\n"), text.npos)
        << text;
    EXPECT_NE(text.find("<p>a &lt; b</p>"), text.npos) << text;
    for (const auto& line : header_lines(text)) EXPECT_FALSE(line.starts_with("Bcc")) << text;
    const Settings settings{{"host", "mail.example.org"}, {"from", "a@b.c"}, {"to", "d@e.f"}};
    const auto complaint = [&](const std::string& option, const std::string& pattern) {
        auto changed = settings;
        changed[option] = pattern;
        return first_complaint("email", changed);
    };
    EXPECT_EQ(complaint("subject", "{{title}}"), "");
    EXPECT_EQ(complaint("subject", "{{titel}}"), "subject: has an unknown placeholder {{titel}}");
    EXPECT_EQ(complaint("text_template", "{{title"), "text_template: has a {{ without its }}");
    EXPECT_EQ(complaint("html_template", "<b>{{title}}</b>"), "");
}

TEST(Letter, one_event_has_one_message_id) {
    const auto id = [](const std::string& text) {
        const auto at = text.find("Message-ID: ");
        return text.substr(at, text.find("\r\n", at) - at);
    };
    auto event = some_event();
    const auto first = id(letter(envelope(), event, when));
    EXPECT_EQ(id(letter(envelope(), event, when + std::chrono::hours{1})), first);
    event.id += "x";
    EXPECT_NE(id(letter(envelope(), event, when)), first);
}

TEST(Letter, a_title_cannot_add_headers) {
    auto event = some_event();
    event.title = "x\r\nBcc: victim@example.org\r\n\r\nbody";
    event.kind = "k\r\nX-Evil: 1";
    event.id = "i\r\nX-Evil: 2";
    const auto text = letter(envelope(), cleaned(event), when);
    for (const auto& line : header_lines(text)) {
        EXPECT_FALSE(line.starts_with("Bcc") || line.starts_with("X-Evil")) << line;
    }
    expect_mail_form(text);
}

TEST(Letter, any_event_makes_a_well_formed_letter) {
    notify::testing::RandomEvents events{3};
    for (int i = 0; i < 40; ++i) expect_mail_form(letter(envelope(), cleaned(events.next()), when));
}

TEST(Letter, html_shows_markup_as_text) {
    auto event = some_event();
    event.title = "<script>";
    event.text = "<img src=x>";
    event.fields = {{"<b>", "\"&"}};
    const auto text = letter(envelope(), cleaned(event), when);
    const auto html_part = text.substr(text.find("text/html"));
    EXPECT_EQ(html_part.find("<script>"), html_part.npos);
    EXPECT_EQ(html_part.find("<img"), html_part.npos);
    EXPECT_NE(html_part.find("&lt;script&gt;"), html_part.npos);
}

TEST(QuotedPrintable, guards_blanks_at_the_end_dots_and_long_lines) {
    EXPECT_EQ(quoted_printable("a=b \n.\nü"), "a=3Db=20\r\n=2E\r\n=C3=BC");
    EXPECT_EQ(quoted_printable(std::string(80, 'x')),
              std::string(75, 'x') + "=\r\n" + std::string(5, 'x'));
}

TEST(EncodedWords, break_between_code_points_and_stay_short) {
    EXPECT_EQ(encoded_words("plain words"), "plain words");
    EXPECT_EQ(encoded_words("ü"), "=?UTF-8?B?w7w=?=");
    EXPECT_EQ(encoded_words("=?UTF-8?B?w7w=?="), "=?UTF-8?B?PT9VVEYtOD9CP3c3dz0/PQ==?=");
    std::string smiles;
    for (int i = 0; i < 100; ++i) smiles += "😀";
    for (const auto& word : split(encoded_words(smiles), '\n')) {
        EXPECT_LE(trimmed(word).size(), 75U);
        const auto coded = trimmed(word).substr(10);
        const auto decoded = from_base64(coded.substr(0, coded.size() - 2)).value();
        EXPECT_EQ(decoded.size() % 4, 0U);
    }
}

TEST(Mailbox, only_addresses_that_cannot_become_commands) {
    EXPECT_EQ(read_mailbox("Ops Team <ops@example.org>").value().name, "Ops Team");
    EXPECT_EQ(read_mailbox(" ops@example.org ").value().address, "ops@example.org");
    for (const auto* text : {"", "ops", "@x", "x@", "a@b@c", "a b@c", "a@b>\r\nRCPT TO:<x@y",
                             "a@b\r\n", "<a@b", "X\r\nBcc: y <a@b>", "ü@example.org"}) {
        const auto mailbox = read_mailbox(text);
        EXPECT_TRUE(!mailbox || mailbox->address == trimmed(text)) << text;
    }
    EXPECT_EQ(read_mailboxes("a@b.c, d@e.f;\ng@h.i\n").value().size(), 3U);
}

TEST(EmailSettings, a_complaint_names_the_field_and_the_place) {
    Settings settings{{"host", "mail.example.org"}, {"from", "a@b.c"}, {"to", "x@y.z, nobody"}};
    EXPECT_TRUE(first_complaint("email", settings).starts_with("to: number 2"));
    settings["to"] = "x@y.z";
    EXPECT_EQ(first_complaint("email", settings), "");
    settings["user"] = "u";
    EXPECT_TRUE(first_complaint("email", settings).starts_with("password:"));
    settings["password"] = "p";
    settings["security"] = "none";
    EXPECT_TRUE(first_complaint("email", settings).starts_with("security:"));
    settings["security"] = "tls";
    settings["port"] = "70000";
    EXPECT_TRUE(first_complaint("email", settings).starts_with("port:"));
    settings["port"] = "465";
    settings["host"] = "a b";
    EXPECT_TRUE(first_complaint("email", settings).starts_with("host:"));
}

}  // namespace
}  // namespace ds::notify::email
