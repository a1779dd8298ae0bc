#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/schedule.hpp"
#include "policy/testing/times.hpp"

/// What schedules do where clocks change, and where zones are odd.
namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using testing::at;
using ::testing::ElementsAre;
using testing::shown;
using testing::zone;

std::vector<std::string> runs(std::string_view text, const char* in, const char* after,
                              std::size_t count) {
    const auto place = zone(in);
    std::vector<std::string> list;
    for (const auto run : Schedule::parse(text).value().upcoming(at(after), place, count))
        list.push_back(shown(run, place));
    return list;
}

/// The longest and the shortest distance between runs in a year.
std::pair<TimePoint::duration, TimePoint::duration> distances(std::string_view text,
                                                              const char* in) {
    const auto schedule = Schedule::parse(text).value();
    const auto place = zone(in);
    auto when = schedule.next(at("2026-01-01T00:00Z"), place).value();
    auto shortest = TimePoint::duration::max(), longest = TimePoint::duration::min();
    while (when < at("2027-01-01T00:00Z")) {
        const auto next = schedule.next(when, place).value();
        shortest = std::min(shortest, next - when), longest = std::max(longest, next - when);
        when = next;
    }
    return {shortest, longest};
}

constexpr auto berlin = "Europe/Berlin";
constexpr auto before_gap = "2026-03-28T12:00Z";    // clocks go from 02:00 to 03:00 at 01:00Z
constexpr auto before_twice = "2026-10-24T12:00Z";  // and from 03:00 to 02:00 at 01:00Z

TEST(ScheduleClock, a_fixed_time_in_the_gap_runs_once_right_after_it) {
    EXPECT_THAT(runs("30 2 * * *", berlin, before_gap, 2),
                ElementsAre("2026-03-29 03:00+2:00", "2026-03-30 02:30+2:00"));
    EXPECT_THAT(runs("0,30 2 * * *", berlin, before_gap, 2),
                ElementsAre("2026-03-29 03:00+2:00", "2026-03-30 02:00+2:00"));
    EXPECT_THAT(runs("*/5 2 29 3 *", berlin, before_gap, 2),
                ElementsAre("2026-03-29 03:00+2:00", "2027-03-29 02:00+2:00"));
}

TEST(ScheduleClock, a_time_in_the_gap_and_one_at_its_end_are_one_run) {
    EXPECT_THAT(runs("0 2,3 * * *", berlin, before_gap, 2),
                ElementsAre("2026-03-29 03:00+2:00", "2026-03-30 02:00+2:00"));
}

TEST(ScheduleClock, times_beside_the_gap_run_as_always) {
    EXPECT_THAT(runs("59 1 * * *", berlin, before_gap, 2),
                ElementsAre("2026-03-29 01:59+1:00", "2026-03-30 01:59+2:00"));
    EXPECT_THAT(runs("0 3 * * *", berlin, before_gap, 2),
                ElementsAre("2026-03-29 03:00+2:00", "2026-03-30 03:00+2:00"));
}

TEST(ScheduleClock, a_fixed_time_that_comes_twice_runs_in_the_first_pass) {
    EXPECT_THAT(runs("30 2 * * *", berlin, before_twice, 2),
                ElementsAre("2026-10-25 02:30+2:00", "2026-10-26 02:30+1:00"));
    EXPECT_THAT(runs("0 3 * * *", berlin, before_twice, 1), ElementsAre("2026-10-25 03:00+1:00"));
    const auto all = runs("*/5 2 * * *", berlin, before_twice, 13);
    EXPECT_EQ(all[11], "2026-10-25 02:55+2:00");
    EXPECT_EQ(all[12], "2026-10-26 02:00+1:00");
}

TEST(ScheduleClock, asking_in_the_second_pass_does_not_run_it_again) {
    for (const auto* now : {"2026-10-25T00:30Z", "2026-10-25T00:45Z", "2026-10-25T01:10Z"})
        EXPECT_THAT(runs("30 2 * * *", berlin, now, 1), ElementsAre("2026-10-26 02:30+1:00"));
}

TEST(ScheduleClock, a_distance_of_an_hour_or_less_never_changes) {
    for (const auto* text : {"0 * * * *", "7 * * * *"}) {
        for (const auto* in : {berlin, "America/New_York", "Asia/Kolkata", "UTC"})
            EXPECT_EQ(distances(text, in),
                      std::pair(TimePoint::duration{1h}, TimePoint::duration{1h}))
                << text << in;
    }
    EXPECT_EQ(distances("*/5 * * * *", berlin),
              std::pair(TimePoint::duration{5min}, TimePoint::duration{5min}));
}

TEST(ScheduleClock, what_a_gap_skips_of_a_distance_comes_when_the_time_has_passed) {
    for (const auto* text : {"0 */2 * * *", "30 */2 * * *"})
        EXPECT_EQ(distances(text, berlin).second, TimePoint::duration{2h}) << text;
    EXPECT_THAT(
        runs("0 */2 * * *", berlin, "2026-03-28T22:30Z", 3),
        ElementsAre("2026-03-29 00:00+1:00", "2026-03-29 03:00+2:00", "2026-03-29 04:00+2:00"));
    EXPECT_THAT(
        runs("0 */2 * * *", berlin, "2026-10-24T22:30Z", 3),
        ElementsAre("2026-10-25 02:00+2:00", "2026-10-25 02:00+1:00", "2026-10-25 04:00+1:00"));
}

TEST(ScheduleClock, america_changes_at_its_own_hours) {
    EXPECT_THAT(runs("30 2 * * *", "America/New_York", "2026-03-08T00:00Z", 2),
                ElementsAre("2026-03-08 03:00-4:00", "2026-03-09 02:30-4:00"));
    EXPECT_THAT(runs("30 1 * * *", "America/New_York", "2026-11-01T00:00Z", 2),
                ElementsAre("2026-11-01 01:30-4:00", "2026-11-02 01:30-5:00"));
}

TEST(ScheduleClock, lord_howe_changes_by_half_an_hour) {
    constexpr auto lord_howe = "Australia/Lord_Howe";
    EXPECT_THAT(runs("15 2 * * *", lord_howe, "2026-10-03T12:00Z", 2),
                ElementsAre("2026-10-04 02:30+11:00", "2026-10-05 02:15+11:00"));
    EXPECT_THAT(runs("45 1 * * *", lord_howe, "2026-04-04T12:00Z", 2),
                ElementsAre("2026-04-05 01:45+11:00", "2026-04-06 01:45+10:30"));
    EXPECT_THAT(
        runs("0 * * * *", lord_howe, "2026-10-03T14:00Z", 3),
        ElementsAre("2026-10-04 01:00+10:30", "2026-10-04 02:30+11:00", "2026-10-04 03:00+11:00"));
    EXPECT_THAT(
        runs("*/20 * * * *", lord_howe, "2026-10-03T15:15Z", 3),
        ElementsAre("2026-10-04 02:30+11:00", "2026-10-04 02:40+11:00", "2026-10-04 03:00+11:00"));
    EXPECT_LE(distances("0 * * * *", lord_howe).second, TimePoint::duration{90min});
}

TEST(ScheduleClock, kolkata_is_half_an_hour_beside_utc) {
    EXPECT_THAT(runs("0 0 * * *", "Asia/Kolkata", "2026-11-23T00:00Z", 1),
                ElementsAre("2026-11-24 00:00+5:30"));
    EXPECT_EQ(
        Schedule::parse("@hourly").value().next(at("2026-11-23T00:00Z"), zone("Asia/Kolkata")),
        at("2026-11-23T00:30Z"));
}

TEST(ScheduleClock, apia_had_no_30_december_2011) {
    constexpr auto apia = "Pacific/Apia";
    EXPECT_THAT(runs("30 2 * * *", apia, "2011-12-29T20:00Z", 2),
                ElementsAre("2011-12-31 00:00+14:00", "2011-12-31 02:30+14:00"));
    EXPECT_THAT(runs("0 4 * * fri", apia, "2011-12-29T20:00Z", 2),
                ElementsAre("2011-12-31 00:00+14:00", "2012-01-06 04:00+14:00"));
    EXPECT_THAT(runs("0 12 30 12 *", apia, "2011-12-29T20:00Z", 2),
                ElementsAre("2011-12-31 00:00+14:00", "2012-12-30 12:00+14:00"));
    EXPECT_THAT(
        runs("0 * * * *", apia, "2011-12-30T08:30Z", 3),
        ElementsAre("2011-12-29 23:00-10:00", "2011-12-31 00:00+14:00", "2011-12-31 01:00+14:00"));
}

TEST(ScheduleClock, midnight_itself_may_be_skipped_or_come_late) {
    constexpr auto cairo = "Africa/Cairo";  // 00:00 to 01:00 on 24 April, 24:00 to 23:00 in October
    EXPECT_THAT(runs("@daily", cairo, "2026-04-23T12:00Z", 2),
                ElementsAre("2026-04-24 01:00+3:00", "2026-04-25 00:00+3:00"));
    EXPECT_THAT(runs("@daily", cairo, "2026-10-29T12:00Z", 2),
                ElementsAre("2026-10-30 00:00+2:00", "2026-10-31 00:00+2:00"));
    EXPECT_THAT(runs("30 23 * * *", cairo, "2026-10-29T12:00Z", 2),
                ElementsAre("2026-10-29 23:30+3:00", "2026-10-30 23:30+2:00"));
}

TEST(ScheduleClock, every_knows_no_clock_changes) {
    EXPECT_EQ(distances("@every 7h", berlin),
              std::pair(TimePoint::duration{7h}, TimePoint::duration{7h}));
}

}  // namespace
}  // namespace ds::policy
