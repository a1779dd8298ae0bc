#include <gtest/gtest.h>

#include "base/bytes.hpp"
#include "base/guarded.hpp"
#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace ds {
namespace {

TEST(Error, tells_the_whole_trail_outermost_first) {
    auto error = fail(Code::unavailable, "connection reset")
                     .while_doing("uploading part 17")
                     .while_doing("storing x");
    EXPECT_EQ(error.message(), "storing x: uploading part 17: connection reset");
    EXPECT_TRUE(error.transient());
}

TEST(Error, keeps_what_the_other_side_asked_to_wait) {
    EXPECT_EQ(fail(Code::unavailable, "busy").wait_seconds(), 0);
    const Status status = fail(Code::unavailable, "busy").waiting(30).while_doing("telling");
    EXPECT_EQ(status.error().wait_seconds(), 30);
}

TEST(Error, every_code_is_found_by_its_name) {
    for (int at = 0; at <= static_cast<int>(Code::internal); ++at) {
        const auto code = static_cast<Code>(at);
        EXPECT_EQ(code_named(name_of(code)), code) << name_of(code);
    }
    EXPECT_FALSE(code_named("teapot"));
}

TEST(Guarded, what_is_thrown_becomes_an_error) {
    const auto thrown = guarded([]() -> Status { throw std::runtime_error{"boom"}; });
    ASSERT_FALSE(thrown);
    EXPECT_EQ(thrown.error().code(), Code::internal);
    EXPECT_EQ(guarded([]() -> Result<int> { return 7; }).value_or(0), 7);
}

TEST(Text, a_sequence_of_utf_8_is_known_by_its_beginning) {
    EXPECT_EQ(utf8_sequence_bytes("a"), 1U);
    EXPECT_EQ(utf8_sequence_bytes("\xF0\x9F\x98\x80z"), 4U);
    for (const auto* text : {"", "\x80", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF5\x80"}) {
        EXPECT_EQ(utf8_sequence_bytes(text), 0U);
    }
}

TEST(Base64, accepts_only_the_canonical_text) {
    for (const std::string_view text : {"", "f", "fo", "foo", "foob", "\xff\x00x"}) {
        EXPECT_EQ(text_of(from_base64(to_base64(view_of(text))).value()), text);
        EXPECT_EQ(text_of(from_base64(to_base64(view_of(text), false), false).value()), text);
    }
    EXPECT_EQ(to_base64(view_of("foob")), "Zm9vYg==");
    for (const std::string_view bad : {"Zm9vYh==", "Zm9v!g==", "Zm9vY", "Z"})
        EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Hex, refuses_odd_and_foreign_text) {
    EXPECT_EQ(to_hex(from_hex("00ff10").value()), "00ff10");
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("0G"));
}

TEST(Text, people_can_read_sizes_times_and_counts) {
    EXPECT_EQ(human_bytes(812), "812 B");
    EXPECT_EQ(human_bytes(1'340'000), "1.34 MB");
    EXPECT_EQ(human_bytes(999'999'999), "1.00 GB");
    EXPECT_EQ(human_duration(std::chrono::milliseconds{380'000}), "6 min 20 s");
    EXPECT_EQ(human_count(12345678), "12,345,678");
    EXPECT_EQ(human_count(123), "123");
}

TEST(Text, time_goes_there_and_back) {
    EXPECT_EQ(rfc3339(from_rfc3339("2026-08-13T14:32:07Z").value()), "2026-08-13T14:32:07Z");
    EXPECT_FALSE(from_rfc3339("2026-08-13 14:32"));
    EXPECT_EQ(rfc3339(from_rfc3339("2261-12-31T23:59:59Z").value()), "2261-12-31T23:59:59Z");
    for (const auto* beyond :
         {"9999-12-31T23:59:59Z", "3026-11-23T00:00:00Z", "1969-12-31T23:59:59Z"})
        EXPECT_FALSE(from_rfc3339(beyond)) << beyond;
}

TEST(Text, a_shell_word_survives_every_character) {
    EXPECT_EQ(shell_quoted("it's"), "'it'\\''s'");
    EXPECT_EQ(printable("a\x1b[31m\nb"), "a?[31m b");
}

TEST(Secret, never_prints_itself) { EXPECT_EQ(fmt::format("{}", Secret{"hunter2"}), "***"); }

struct Inner {
    std::string name;
    std::optional<std::uint64_t> rows;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, rows))
struct Outer {
    std::vector<Inner> parts;
    std::map<std::string, std::string> facts;
    bool done = false;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (parts, facts, done))

TEST(Json, a_described_struct_goes_there_and_back) {
    const Outer outer{{{"a", 7}, {"b", {}}}, {{"k", "v"}}, true};
    const auto text = json::write(outer);
    EXPECT_EQ(text,
              R"({"parts":[{"name":"a","rows":7},{"name":"b"}],"facts":{"k":"v"},"done":true})");
    EXPECT_EQ(json::write(json::read<Outer>(text).value()), text);
    EXPECT_EQ(json::write(json::read<Outer>(json::write(outer, true)).value()), text);
}

TEST(Json, an_error_names_the_place) {
    const auto message = [](std::string_view text) {
        return json::read<Outer>(text).error().message();
    };
    EXPECT_EQ(message(R"({"parts":[{"name":"a","rows":-1}],"facts":{},"done":true})"),
              "parts[0].rows: not a whole number in range");
    EXPECT_EQ(message(R"({"parts":[],"facts":{}})"), "done: missing");
    EXPECT_FALSE(json::read<Outer>(std::string(100, '[')));
}

}  // namespace
}  // namespace ds
