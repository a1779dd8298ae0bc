#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/retention.hpp"
#include "policy/testing/candidates.hpp"
#include "policy/testing/times.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::broken;
using testing::good;
using ::testing::HasSubstr;

const auto now = testing::at("2026-11-23T09:00Z");
const auto utc = testing::zone("UTC");

std::vector<Candidate> daily(int count) { return testing::daily(count, now); }

std::optional<std::string> hold(const Rules& rules, const std::vector<Candidate>& list,
                                TimePoint when = now, bool partial = false) {
    return anomaly(decide(rules, list, when, utc).value(), list, when, partial);
}

TEST(Anomaly, a_usual_night_is_none) {
    EXPECT_FALSE(hold({.keep_last = 7}, daily(8)));
    EXPECT_FALSE(hold({}, {}));
}

TEST(Anomaly, more_than_half_at_once_must_be_asked_for) {
    EXPECT_EQ(hold({.keep_last = 4}, daily(9)), "5 of 9 backups would go at once");
    EXPECT_FALSE(hold({.keep_last = 5}, daily(10))) << "half is not more than half";
    EXPECT_FALSE(hold({.keep_last = 1}, daily(5))) << "four are too few to notice";
    EXPECT_TRUE(hold({.keep_last = 1}, daily(6)));
}

TEST(Anomaly, a_policy_replaced_by_mistake_does_not_prune_the_rest) {
    EXPECT_TRUE(hold({.keep_last = 7}, daily(365)));
}

TEST(Anomaly, a_clock_that_jumped_ahead_does_not_age_everything_away) {
    EXPECT_TRUE(hold({.keep_days = 30}, daily(30), now + days{3650}));
}

TEST(Anomaly, a_newest_backup_from_the_future_means_a_wrong_clock) {
    EXPECT_THAT(*hold({.keep_last = 1}, {good("a", now + 1h)}), HasSubstr("is from the future"));
    EXPECT_THAT(*hold({.keep_last = 1}, {good("a", now + 49h)}),
                HasSubstr("the clock looks wrong: it stands 49 h 0 min before the newest"));
    EXPECT_THAT(*hold({.keep_last = 1}, {broken("a", now + 1s)}), HasSubstr("future"));
}

TEST(Anomaly, a_partial_listing_is_not_an_empty_store) {
    EXPECT_EQ(hold({.keep_last = 1}, {}, now, true), "the list of backups is not complete");
    EXPECT_TRUE(hold({.keep_last = 9}, daily(3), now, true));
}

}  // namespace
}  // namespace ds::policy
