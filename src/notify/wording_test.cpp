#include "notify/wording.hpp"

#include <gtest/gtest.h>

#include "notify/testing/random_event.hpp"
#include "notify/testing/some_event.hpp"
#include "notify/testing/strict_channels.hpp"

namespace ds::notify {
namespace {

TEST(Wording, what_fits_stays_whole_and_one_past_the_limit_is_cut) {
    EXPECT_EQ(fitted("12345", 5), "12345");
    EXPECT_EQ(fitted("123456", 5), "1234…");
    EXPECT_EQ(fitted("", 5), "");
    EXPECT_EQ(fitted("12", 1), "…");
    EXPECT_EQ(fitted("12", 0), "");
    EXPECT_EQ(fitted_bytes("123456", 5), "12…");
}

TEST(Wording, a_cut_never_goes_through_a_code_point_or_an_escape) {
    EXPECT_EQ(fitted("😀😀😀", 5), "😀😀…");
    EXPECT_EQ(fitted("😀😀😀", 4), "😀…");
    EXPECT_EQ(fitted("a&&", 9, html), "a&amp;…");
    EXPECT_EQ(fitted("__", 3, discord_markdown), "\\_…");
}

TEST(Wording, bad_bytes_and_control_characters_are_replaced) {
    EXPECT_EQ(clean("a\xff\xe2\x82z"), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    EXPECT_EQ(clean("\xed\xa0\x80").find("\xed"), std::string::npos);
    EXPECT_EQ(clean("a\r\nb\tc\x01"), "a\nb\tc\xEF\xBF\xBD");
    EXPECT_EQ(clean(std::string_view{"\0", 1}), "\xEF\xBF\xBD");
}

TEST(Wording, units_are_those_of_utf_16) { EXPECT_EQ(utf16_units("aé漢😀"), 5U); }

TEST(Wording, a_cleaned_event_has_a_title_of_one_line_and_only_web_addresses) {
    auto event = testing::some_event();
    event.title = "a\r\nBcc: x@y\n";
    event.url = "javascript:alert(1)";
    EXPECT_EQ(cleaned(event).title, "a Bcc: x@y");
    EXPECT_FALSE(cleaned(event).url);
    event.title = " \n";
    EXPECT_EQ(cleaned(event).title, "backup.failed");
}

TEST(Wording, a_cleaned_event_has_a_size_that_a_letter_can_have) {
    auto event = testing::some_event();
    event.text = std::string(10 * MiB, 'x');
    event.fields.resize(5000, {"n", std::string(MiB / 100, 'x')});
    const auto told = cleaned(event);
    EXPECT_EQ(told.text.size(), 99'999 + std::string{"…"}.size());
    EXPECT_LE(json::write(told).size(), 400'000U);
}

TEST(Wording, any_text_fits_any_limit) {
    testing::RandomEvents events{7};
    for (int i = 0; i < 60; ++i) {
        const auto text = clean(events.next().text);
        for (const std::size_t max : {1U, 7U, 150U, 3000U}) {
            for (const auto escape : {as_is, html, slack_text, discord_markdown}) {
                const auto units = testing::strict_units(fitted(text, max, escape));
                ASSERT_TRUE(units);
                ASSERT_LE(*units, max);
            }
            ASSERT_LE(fitted_bytes(text, max).size(), max);
        }
    }
}

}  // namespace
}  // namespace ds::notify
