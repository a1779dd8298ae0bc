#include "policy/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/testing/times.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using testing::at;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::shown;
using testing::zone;

const auto utc = testing::zone("UTC");

Schedule schedule(std::string_view text) { return Schedule::parse(text).value(); }

/// The next runs in UTC after Monday, 23 November 2026, 09:41.
std::vector<std::string> runs(std::string_view text, std::size_t count = 3) {
    std::vector<std::string> list;
    for (const auto run : schedule(text).upcoming(at("2026-11-23T09:41Z"), utc, count))
        list.push_back(shown(run, utc).substr(0, 16));
    return list;
}

TEST(Schedule, five_fields_are_minute_hour_day_month_weekday) {
    EXPECT_THAT(runs("30 2 * * *", 2), ElementsAre("2026-11-24 02:30", "2026-11-25 02:30"));
    EXPECT_THAT(runs("*/15 * * * *", 2), ElementsAre("2026-11-23 09:45", "2026-11-23 10:00"));
    EXPECT_THAT(runs("0 4 * * mon,THU", 2), ElementsAre("2026-11-26 04:00", "2026-11-30 04:00"));
    EXPECT_THAT(runs("0 0 1 jan ?", 2), ElementsAre("2027-01-01 00:00", "2028-01-01 00:00"));
    EXPECT_THAT(runs("5-15/5 9-10 * * *"),
                ElementsAre("2026-11-23 10:05", "2026-11-23 10:10", "2026-11-23 10:15"));
}

TEST(Schedule, a_run_is_strictly_after_the_time_asked_for) {
    EXPECT_EQ(schedule("41 9 * * *").next(at("2026-11-23T09:41Z"), utc), at("2026-11-24T09:41Z"));
    EXPECT_EQ(schedule("41 9 * * *").next(at("2026-11-23T09:41Z") - 1ns, utc),
              at("2026-11-23T09:41Z"));
    EXPECT_EQ(schedule("@every 1m").next(at("2026-11-23T09:41Z"), utc), at("2026-11-23T09:42Z"));
}

TEST(Schedule, sunday_is_0_and_7_and_may_end_a_range) {
    for (const auto* text : {"0 0 * * 0", "0 0 * * 7", "0 0 * * sun"})
        EXPECT_THAT(runs(text, 2), ElementsAre("2026-11-29 00:00", "2026-12-06 00:00")) << text;
    for (const auto* text : {"0 0 * * 6-7", "0 0 * * sat-sun", "0 0 * * 6,0"})
        EXPECT_THAT(runs(text, 2), ElementsAre("2026-11-28 00:00", "2026-11-29 00:00")) << text;
}

TEST(Schedule, day_of_month_or_day_of_week_when_both_are_limited) {
    EXPECT_THAT(runs("0 0 1 * fri"),
                ElementsAre("2026-11-27 00:00", "2026-12-01 00:00", "2026-12-04 00:00"));
    EXPECT_THAT(runs("0 0 */2 * fri", 2), ElementsAre("2026-11-27 00:00", "2026-12-11 00:00"))
        << "a field that starts with a star does not limit: then both must fit";
}

TEST(Schedule, the_last_day_of_a_month_is_l) {
    EXPECT_THAT(runs("0 0 L * *", 4), ElementsAre("2026-11-30 00:00", "2026-12-31 00:00",
                                                  "2027-01-31 00:00", "2027-02-28 00:00"));
    EXPECT_THAT(runs("0 0 15,l feb *", 4), ElementsAre("2027-02-15 00:00", "2027-02-28 00:00",
                                                       "2028-02-15 00:00", "2028-02-29 00:00"));
}

TEST(Schedule, a_leap_day_is_waited_for_across_2100) {
    EXPECT_EQ(schedule("0 0 29 2 *").next(at("2096-03-01T00:00Z"), utc), at("2104-02-29T00:00Z"));
    EXPECT_EQ(schedule("0 0 29 2 */7").next(at("2088-03-01T00:00Z"), utc), at("2128-02-29T00:00Z"));
}

TEST(Schedule, descriptors_are_cron_lines) {
    EXPECT_THAT(runs("@hourly", 1), ElementsAre("2026-11-23 10:00"));
    EXPECT_THAT(runs("@daily", 1), ElementsAre("2026-11-24 00:00"));
    EXPECT_THAT(runs("@Midnight", 1), ElementsAre("2026-11-24 00:00"));
    EXPECT_THAT(runs("@weekly", 1), ElementsAre("2026-11-29 00:00"));
    EXPECT_THAT(runs("@monthly", 1), ElementsAre("2026-12-01 00:00"));
    EXPECT_THAT(runs("@yearly", 1), ElementsAre("2027-01-01 00:00"));
    EXPECT_THAT(runs("@annually", 1), ElementsAre("2027-01-01 00:00"));
}

TEST(Schedule, every_counts_from_1970) {
    EXPECT_THAT(runs("@every 6h", 2), ElementsAre("2026-11-23 12:00", "2026-11-23 18:00"));
    EXPECT_THAT(runs("@every 1h30m", 2), ElementsAre("2026-11-23 10:30", "2026-11-23 12:00"));
    EXPECT_THAT(runs("@every 1m", 1), ElementsAre("2026-11-23 09:42"));
    EXPECT_EQ(schedule("@every 366d").describe(), "every 366 days");
    const TimePoint before{-30s};
    EXPECT_EQ(schedule("@every 1m").next(before, utc), TimePoint{});
    EXPECT_EQ(schedule("@every 1m").next(TimePoint{-60s}, utc), TimePoint{});
    EXPECT_EQ(schedule("@every 1m").next(TimePoint{-61s}, utc), TimePoint{-60s});
}

TEST(Schedule, spaces_around_it_do_not_count) {
    EXPECT_EQ(schedule("  30\t2  * * * \n").text(), "30\t2  * * *");
    EXPECT_THAT(runs("  30\t2  * * * ", 1), ElementsAre("2026-11-24 02:30"));
}

struct Wrong {
    std::string text;
    std::string message;
};

TEST(Schedule, an_error_names_the_field_and_what_is_allowed) {
    const std::vector<Wrong> table{
        {"60 * * * *", "minute '60'"},
        {"* 24 * * *", "hour '24'"},
        {"* * 0 * *", "day of month '0'"},
        {"* * 32 * *", "day of month '32'"},
        {"* * * 13 *", "month '13'"},
        {"* * * janu *", "month 'janu'"},
        {"* * * * 8", "day of week '8'"},
        {"* * * * l", "day of week 'l'"},
        {"? * * * *", "minute '?'"},
        {"1,,2 * * * *", "minute ''"},
        {"1- * * * *", "minute '1-'"},
        {"-5 * * * *", "minute '-5'"},
        {"+5 * * * *", "minute '+5'"},
        {"1.5 * * * *", "minute '1.5'"},
        {"99999999999999999999 * * * *", "minute '99999999999999999999'"},
        {"* 22-2 * * *", "hour '22-2': runs backwards"},
        {"*/0 * * * *", "minute '*/0': a step is 1 to 59"},
        {"5/15 * * * *", "minute '5/15': a step needs a range"},
        {"*/ * * * *", "minute '*/'"},
    };
    for (const auto& wrong : table) {
        const auto parsed = Schedule::parse(wrong.text);
        ASSERT_FALSE(parsed) << wrong.text;
        EXPECT_EQ(parsed.error().code(), Code::invalid);
        EXPECT_THAT(parsed.error().message(), HasSubstr(wrong.message));
        EXPECT_THAT(parsed.error().hint(), HasSubstr("Allowed are "));
    }
    EXPECT_THAT(Schedule::parse("* * * 13 *").error().hint(), HasSubstr("1 to 12 or jan to dec"));
}

TEST(Schedule, a_step_of_90_minutes_is_refused_and_not_quietly_an_hour) {
    EXPECT_THAT(Schedule::parse("*/90 * * * *").error().message(), HasSubstr("a step is 1 to 59"));
    EXPECT_TRUE(Schedule::parse("*/59 * * * *"));
    EXPECT_FALSE(Schedule::parse("*/60 * * * *"));
}

TEST(Schedule, a_date_that_no_calendar_has_is_refused) {
    for (const auto* text : {"0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "0 0 30-31 feb ?"})
        EXPECT_THAT(Schedule::parse(text).error().message(), HasSubstr("does not exist")) << text;
    EXPECT_TRUE(Schedule::parse("0 0 31 2,3 *"));
    EXPECT_TRUE(Schedule::parse("0 0 29 2 *"));
    EXPECT_TRUE(Schedule::parse("0 0 L 2 *"));
}

TEST(Schedule, seconds_and_a_time_zone_in_the_text_are_refused_with_a_hint) {
    for (const auto* text :
         {"", "* * * *", "0 0 2 * * *", "TZ=Europe/Berlin 0 2 * * *", "CRON_TZ=UTC 0 2 * * *"}) {
        const auto error = Schedule::parse(text).error();
        EXPECT_THAT(error.message(), HasSubstr("has five fields")) << text;
        EXPECT_THAT(error.hint(), HasSubstr("time zone is set beside"));
    }
}

TEST(Schedule, a_distance_has_limits) {
    for (const auto* text :
         {"@every", "@every 0m", "@every 59s", "@every 6", "@every h", "@every -1h", "@every 367d",
          "@every 53w", "@every 99999999999999999999h", "@every 300d300d", "@every 1.5h"})
        EXPECT_FALSE(Schedule::parse(text)) << text;
    EXPECT_THAT(Schedule::parse("@reboot").error().hint(), HasSubstr("@hourly"));
}

TEST(Schedule, text_has_a_limit) {
    const auto padded = [](std::size_t bytes) {
        std::string minutes = "1";
        while (minutes.size() + 2 + 8 <= bytes) minutes += ",1";
        return std::string(bytes - minutes.size() - 8, '0') + minutes + " * * * *";
    };
    ASSERT_EQ(padded(200).size(), 200U);
    EXPECT_TRUE(Schedule::parse(padded(200)));
    EXPECT_THAT(Schedule::parse(padded(201)).error().message(), HasSubstr("at most 200"));
}

TEST(Schedule, upcoming_has_a_limit) {
    EXPECT_EQ(runs("* * * * *", 1000).size(), 1000U);
    EXPECT_EQ(runs("* * * * *", 1001).size(), 1000U);
    EXPECT_TRUE(runs("* * * * *", 0).empty());
}

TEST(Schedule, time_ends_in_2261_without_overflow) {
    const auto end = at("2261-12-31T23:00Z");
    EXPECT_EQ(schedule("59 23 * * *").next(end, utc), at("2261-12-31T23:59Z"));
    for (const auto* text : {"0 0 * * *", "@yearly", "@every 2h", "0 0 29 2 *"}) {
        EXPECT_FALSE(schedule(text).next(end, utc)) << text;
        EXPECT_FALSE(schedule(text).next(TimePoint::max(), testing::zone("Europe/Berlin")));
        EXPECT_TRUE(schedule(text).next(TimePoint::min(), testing::zone("Europe/Berlin")));
    }
}

TEST(Schedule, describes_itself_in_english) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"30 2 * * *", "every day at 02:30"},
        {"30 2,14 * * *", "every day at 02:30 and 14:30"},
        {"*/15 * * * *", "every 15 minutes"},
        {"0,30 * * * *", "every 30 minutes"},
        {"* * * * *", "every minute"},
        {"0 * * * *", "every hour"},
        {"20 * * * *", "every hour at minute 20"},
        {"0 */6 * * *", "every 6 hours"},
        {"*/30 * * * mon-fri", "every 30 minutes, Monday to Friday"},
        {"0 4 * * 1,4", "Mondays and Thursdays at 04:00"},
        {"0 4 * * 1-5", "Monday to Friday at 04:00"},
        {"0 4 * * 6,7", "Saturdays and Sundays at 04:00"},
        {"0 0 1 * *", "on the 1st of every month at 00:00"},
        {"0 0 2,3,11,22 * ?", "on the 2nd, the 3rd, the 11th and the 22nd of every month at 00:00"},
        {"0 0 L * *", "on the last day of every month at 00:00"},
        {"0 0 24 12 *", "every year on the 24th of December at 00:00"},
        {"@weekly", "Sundays at 00:00"},
        {"@yearly", "every year on the 1st of January at 00:00"},
        {"@every 6h", "every 6 hours"},
        {"@every 1d", "every day"},
        {"@every 90m", "every 90 minutes"},
    };
    for (const auto& [text, english] : table) EXPECT_EQ(schedule(text).describe(), english) << text;
}

TEST(Schedule, what_english_would_make_harder_stays_cron) {
    for (const auto* text :
         {"0 0 1 * fri", "0 0 1-31 * fri", "*/7 * * * *", "1,2,3,4,5 2 * * *", "0 2 * 2 *",
          "0 */5 * * *", "0 0 1,2,3,4,5 * *", "0 0 * * 0-4", "0 0 1 1,7 *", "7 8-18 * * *"})
        EXPECT_EQ(schedule(text).describe(), text);
}

TEST(Schedule, a_year_of_five_minutes_is_quick) {
    const auto berlin = testing::zone("Europe/Berlin");
    const auto every_five = schedule("*/5 * * * *");
    const auto begin = std::chrono::steady_clock::now();
    auto when = at("2026-01-01T00:00Z");
    unsigned count = 0;
    for (const auto end = at("2027-01-01T00:00Z"); when < end; ++count)
        when = every_five.next(when, berlin).value();
    EXPECT_EQ(count, 365U * 24 * 12);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s) << "sanitizers included";
}

}  // namespace
}  // namespace ds::policy
