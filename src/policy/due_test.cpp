#include <gtest/gtest.h>

#include "policy/schedule.hpp"
#include "policy/testing/times.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using testing::at;

const auto utc = testing::zone("UTC");

Schedule schedule(std::string_view text) { return Schedule::parse(text).value(); }

TEST(Due, a_run_is_due_from_its_minute_on_and_once) {
    const auto daily = schedule("30 2 * * *");
    const auto last = at("2026-11-22T02:30Z");
    EXPECT_FALSE(due(daily, utc, last, at("2026-11-23T02:30Z") - 1ns));
    const auto run = due(daily, utc, last, at("2026-11-23T02:30Z"));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->scheduled_for, at("2026-11-23T02:30Z"));
    EXPECT_EQ(run->missed, 0U);
    EXPECT_FALSE(due(daily, utc, run->scheduled_for, at("2026-11-23T02:30Z") + 1min))
        << "the same minute must not start twice";
}

TEST(Due, after_downtime_the_missed_runs_are_one_catch_up_run) {
    const auto run =
        due(schedule("30 2 * * *"), utc, at("2026-11-18T02:30Z"), at("2026-11-23T09:00Z"));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->scheduled_for, at("2026-11-23T02:30Z"));
    EXPECT_EQ(run->missed, 4U);
}

TEST(Due, a_long_downtime_costs_little_and_the_count_has_a_limit) {
    const auto begin = std::chrono::steady_clock::now();
    const auto run = due(schedule("* * * * *"), utc, TimePoint{}, at("2026-11-23T09:00Z") + 30s);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->scheduled_for, at("2026-11-23T09:00Z"));
    EXPECT_EQ(run->missed, missed_max);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_EQ(due(schedule("* * * * *"), utc, TimePoint{}, TimePoint{1001min})->missed, 1000U);
    EXPECT_EQ(due(schedule("* * * * *"), utc, TimePoint{}, TimePoint{1000min})->missed, 999U);
}

TEST(Due, a_rare_run_is_found_far_back) {
    const auto run =
        due(schedule("@yearly"), utc, at("2020-06-01T00:00Z"), at("2026-11-23T09:00Z"));
    ASSERT_TRUE(run);
    EXPECT_EQ(run->scheduled_for, at("2026-01-01T00:00Z"));
    EXPECT_EQ(run->missed, 5U);
}

TEST(Due, jitter_delays_the_start_and_not_the_schedule) {
    const auto hourly = schedule("@hourly");
    const auto last = at("2026-11-23T08:00Z");
    EXPECT_FALSE(due(hourly, utc, last, at("2026-11-23T09:09Z"), 10min));
    EXPECT_EQ(due(hourly, utc, last, at("2026-11-23T09:10Z"), 10min)->scheduled_for,
              at("2026-11-23T09:00Z"));
    EXPECT_FALSE(due(hourly, utc, at("2026-11-23T09:00Z"), at("2026-11-23T09:10Z"), 0s))
        << "a smaller jitter must not start it again";
}

TEST(Due, a_clock_that_went_back_starts_nothing_twice) {
    EXPECT_FALSE(due(schedule("* * * * *"), utc, at("2026-11-23T09:00Z"), at("2026-11-20T09:00Z")));
    EXPECT_FALSE(due(schedule("* * * * *"), utc, TimePoint::max(), at("2026-11-20T09:00Z")));
    EXPECT_TRUE(due(schedule("* * * * *"), utc, TimePoint::min(), at("2026-11-20T09:00Z")));
}

TEST(Jitter, is_stable_and_below_its_window) {
    EXPECT_EQ(jitter("plan-1", 1h), jitter("plan-1", 1h));
    EXPECT_EQ(jitter("plan-1", 0s), 0s);
    EXPECT_EQ(jitter("plan-1", -5s), 0s);
    EXPECT_EQ(jitter("plan-1", 1s), 0s);
    EXPECT_LT(jitter("plan-1", std::chrono::seconds::max()), jitter_max);
}

TEST(Jitter, everybody_at_two_does_not_start_at_once) {
    std::array<unsigned, 12> starts{};
    for (int i = 0; i < 12'000; ++i)
        ++starts[static_cast<std::size_t>(jitter("plan-" + std::to_string(i), 1h) / 5min)];
    for (const auto count : starts) {
        EXPECT_GT(count, 850U);
        EXPECT_LT(count, 1150U);
    }
}

}  // namespace
}  // namespace ds::policy
