#include "policy/retention.hpp"

#include <algorithm>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/testing/candidates.hpp"
#include "policy/testing/times.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using testing::at;
using testing::broken;
using testing::child;
using ::testing::ElementsAre;
using testing::good;

const auto now = at("2026-11-23T09:00Z");
const auto utc = testing::zone("UTC");

std::vector<Candidate> daily(int count) { return testing::daily(count, now); }

std::vector<std::string> kept(const Rules& rules, const std::vector<Candidate>& list,
                              const Zone& zone = utc, TimePoint when = now) {
    std::vector<std::string> ids;
    const auto decisions = decide(rules, list, when, zone).value();
    for (const auto& decision : decisions) {
        if (decision.keep) ids.push_back(decision.id);
    }
    return ids;
}

std::vector<std::string> reasons(const Rules& rules, const std::vector<Candidate>& list,
                                 std::string_view id) {
    const auto decisions = decide(rules, list, now, utc).value();
    for (const auto& decision : decisions) {
        if (decision.id == id) return decision.reasons;
    }
    return {};
}

TEST(Retention, without_rules_everything_stays) {
    auto list = daily(400);
    list.push_back(broken("b", now - days{900}));
    EXPECT_EQ(kept({}, list).size(), 401U);
    EXPECT_TRUE(decide({}, {}, now, utc).value().empty());
}

TEST(Retention, a_backup_stays_if_any_rule_names_it) {
    EXPECT_THAT(kept({.keep_last = 2}, daily(5)), ElementsAre("d0", "d1"));
    EXPECT_THAT(kept({.keep_days = 3}, daily(6)), ElementsAre("d0", "d1", "d2", "d3"));
    EXPECT_THAT(kept({.keep_last = 1, .weekly = 2}, daily(9)), ElementsAre("d0", "d1"));
    EXPECT_THAT(kept({.monthly = 2}, daily(60)), ElementsAre("d0", "d23"));
    EXPECT_THAT(kept({.yearly = 3}, daily(400)), ElementsAre("d0", "d327"));
}

TEST(Retention, reasons_tell_which_rule) {
    const Rules rules{
        .keep_last = 1, .keep_days = 1, .daily = 3, .weekly = 1, .monthly = 1, .yearly = 1};
    EXPECT_THAT(reasons(rules, daily(5), "d0"),
                ElementsAre("newest good backup", "one of the last 1", "not older than 1 days",
                            "daily of 2026-11-23", "weekly of 2026-W48", "monthly of 2026-11",
                            "yearly of 2026"));
    EXPECT_THAT(reasons(rules, daily(5), "d2"), ElementsAre("daily of 2026-11-21"));
    EXPECT_THAT(reasons(rules, daily(5), "d3"), ElementsAre("older than all rules"));
}

TEST(Retention, hourly_runs_do_not_use_up_the_days) {
    std::vector<Candidate> list;
    for (int i = 0; i < 24 * 5; ++i) list.push_back(good("h" + std::to_string(i), now - i * 1h));
    EXPECT_THAT(kept({.daily = 3}, list), ElementsAre("h0", "h10", "h34"))
        << "the newest of each day";
}

TEST(Retention, the_newest_of_a_period_stays_and_not_the_first) {
    EXPECT_THAT(kept({.daily = 2}, {good("early", now - 30h), good("late", now - 12h)}),
                ElementsAre("late"));
}

TEST(Retention, days_without_a_backup_do_not_count) {
    EXPECT_THAT(kept({.daily = 2}, {good("a", now - days{300}), good("b", now - days{200}),
                                    good("c", now - days{100})}),
                ElementsAre("b", "c"));
}

TEST(Retention, keep_days_never_removes_the_last_good_one) {
    EXPECT_THAT(kept({.keep_days = 7}, {good("a", now - days{90}), good("b", now - days{60})}),
                ElementsAre("b"));
}

TEST(Retention, a_day_is_one_of_the_zone) {
    // In New York both are of 22 November.
    const std::vector<Candidate> list{good("a", at("2026-11-22T23:00Z")),
                                      good("b", at("2026-11-23T04:00Z"))};
    EXPECT_THAT(kept({.daily = 2}, list, utc), ElementsAre("a", "b"));
    EXPECT_THAT(kept({.daily = 2}, list, testing::zone("America/New_York")), ElementsAre("b"));
}

TEST(Retention, weeks_are_iso_weeks_also_over_new_year) {
    const Rules rules{.weekly = 9};
    const std::vector<Candidate> list{good("thu", at("2026-12-31T12:00Z")),
                                      good("sun", at("2027-01-03T12:00Z")),
                                      good("mon", at("2027-01-04T12:00Z"))};
    const auto decisions = decide(rules, list, at("2027-01-05T00:00Z"), utc).value();
    EXPECT_FALSE(decisions[0].keep);
    EXPECT_THAT(decisions[1].reasons, ElementsAre("weekly of 2026-W53"));
    EXPECT_THAT(decisions[2].reasons, ElementsAre("newest good backup", "weekly of 2027-W01"));
    EXPECT_EQ(decide(rules, {good("a", at("2024-12-30T12:00Z"))}, now, utc).value()[0].reasons[1],
              "weekly of 2025-W01");
}

TEST(Retention, a_year_of_daily_runs_leaves_7_4_12_1) {
    const auto berlin = testing::zone("Europe/Berlin");
    const Rules rules{.daily = 7, .weekly = 4, .monthly = 12, .yearly = 1};
    std::vector<Candidate> store;
    for (auto day = at("2024-09-01T01:30Z"); day <= now; day += days{1}) {
        store.push_back(good(rfc3339(day).substr(0, 10), day));
        const auto ids = kept(rules, store, berlin, day + 1h);
        std::erase_if(store, [&](const Candidate& candidate) {
            return std::find(ids.begin(), ids.end(), candidate.id) == ids.end();
        });
    }
    EXPECT_THAT(kept(rules, store),
                ElementsAre("2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30",
                            "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30",
                            "2026-10-31", "2026-11-08", "2026-11-15", "2026-11-17", "2026-11-18",
                            "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"));
    EXPECT_EQ(store.size(), 20U);
}

TEST(Retention, pinned_and_locked_ones_stay) {
    auto list = daily(4);
    list[1].pinned = true;
    list[2].locked_until = now + 1s;
    list[3].locked_until = now;
    EXPECT_THAT(kept({.keep_last = 1}, list), ElementsAre("d0", "d1", "d2"));
    EXPECT_THAT(reasons({.keep_last = 1}, list, "d1"), ElementsAre("pinned"));
    EXPECT_THAT(reasons({.keep_last = 1}, list, "d2"),
                ElementsAre("locked until 2026-11-23T09:00:01Z"));
}

TEST(Retention, a_chain_stays_whole_as_long_as_its_end_is_kept) {
    const std::vector<Candidate> list{
        good("full", now - days{9}), child("i1", now - days{8}, "full"),
        child("i2", now - days{7}, "i1"), child("i1b", now - days{6}, "full")};
    EXPECT_THAT(kept({.keep_last = 2}, list), ElementsAre("full", "i1", "i2", "i1b"));
    EXPECT_THAT(reasons({.keep_last = 2}, list, "i1"), ElementsAre("needed by i2"));
    EXPECT_THAT(reasons({.keep_last = 2}, list, "full"), ElementsAre("needed by i1b and 1 more"));
    EXPECT_THAT(kept({.keep_last = 1}, list), ElementsAre("full", "i1b"));
}

TEST(Retention, one_whose_chain_is_broken_counts_for_nothing) {
    const std::vector<Candidate> list{good("old", now - days{40}), broken("full", now - days{30}),
                                      child("i1", now - days{29}, "full"),
                                      child("i2", now - days{1}, "gone")};
    EXPECT_THAT(kept({.keep_last = 1}, list), ElementsAre("old", "full", "i1", "i2"));
    EXPECT_THAT(reasons({.keep_last = 1}, list, "i2"),
                ElementsAre("its chain is broken, but there is no newer good one"));
}

TEST(Retention, chains_in_a_circle_do_no_harm) {
    auto list = std::vector{child("a", now - days{30}, "b"), child("b", now - days{29}, "a"),
                            child("self", now - days{28}, "self"), good("ok", now - days{1})};
    EXPECT_THAT(kept({.keep_last = 1}, list), ElementsAre("ok"));
    list[0].pinned = list[2].pinned = true;
    EXPECT_THAT(kept({.keep_last = 1}, list), ElementsAre("a", "b", "self", "ok"));
}

TEST(Retention, a_backup_that_is_not_good_never_takes_a_good_ones_place) {
    const std::vector<Candidate> list{good("good", now - days{3}), broken("bad", now - days{2}),
                                      broken("worse", now - days{1})};
    const Rules rules{.keep_last = 1, .daily = 1, .bytes_max = 10};
    EXPECT_THAT(kept(rules, list), ElementsAre("good", "bad", "worse"));
    EXPECT_THAT(reasons(rules, list, "bad"),
                ElementsAre("not good, but there is no newer good one"));
}

TEST(Retention, what_is_not_good_goes_a_week_after_a_newer_good_one_came) {
    const auto list = std::vector{broken("young", now - days{7}), broken("old", now - days{7} - 1s),
                                  good("good", now)};
    EXPECT_THAT(kept({.keep_last = 1}, list), ElementsAre("young", "good"));
    EXPECT_THAT(reasons({.keep_last = 1}, list, "young"),
                ElementsAre("not good, stays for 7 days"));
    EXPECT_THAT(reasons({.keep_last = 1}, list, "old"),
                ElementsAre("not good, a newer one is good"));
}

TEST(Retention, backups_from_the_future_stay_and_count_for_nothing) {
    auto list = daily(3);
    list.push_back(good("2036", now + days{3650}));
    EXPECT_THAT(kept({.keep_last = 2}, list), ElementsAre("d0", "d1", "2036"));
}

TEST(Retention, the_size_limit_takes_the_oldest_first) {
    EXPECT_THAT(kept({.bytes_max = 30}, daily(5)), ElementsAre("d0", "d1", "d2"));
    EXPECT_THAT(kept({.bytes_max = 29}, daily(5)), ElementsAre("d0", "d1"));
    EXPECT_THAT(kept({.bytes_max = 1}, daily(5)), ElementsAre("d0")) << "never the newest";
    EXPECT_THAT(reasons({.bytes_max = 30}, daily(5), "d4"), ElementsAre("over the limit of 30 B"));
    auto list = daily(5);
    list[4].pinned = true;
    EXPECT_THAT(kept({.bytes_max = 30}, list), ElementsAre("d0", "d1", "d4"));
}

TEST(Retention, the_size_limit_never_breaks_a_chain) {
    const std::vector<Candidate> list{good("full", now - days{9}),
                                      child("i1", now - days{8}, "full"),
                                      child("i2", now - days{7}, "i1"), good("new", now - days{1})};
    EXPECT_THAT(kept({.bytes_max = 30}, list), ElementsAre("full", "i1", "new"));
    EXPECT_THAT(kept({.bytes_max = 10}, list), ElementsAre("new"));
    // What was kept for its child alone goes with it.
    EXPECT_THAT(kept({.keep_last = 2, .bytes_max = 20}, list), ElementsAre("new"));
}

TEST(Retention, sizes_that_no_store_has_do_not_overflow) {
    auto list = daily(3);
    for (auto& candidate : list) candidate.bytes = std::numeric_limits<std::uint64_t>::max();
    EXPECT_THAT(kept({.bytes_max = 1000}, list), ElementsAre("d0"));
}

TEST(Retention, equal_times_are_told_apart_by_id) {
    EXPECT_THAT(kept({.daily = 1}, {good("b", now), good("a", now)}), ElementsAre("b"));
    EXPECT_THAT(kept({.daily = 1}, {good("a", now), good("b", now)}), ElementsAre("b"));
}

TEST(Retention, has_limits) {
    EXPECT_TRUE(check({.keep_last = 100'000, .keep_days = 36'500, .daily = 36'500}));
    EXPECT_EQ(check({.keep_last = 100'001}).error().message(),
              "keep_last: 100001 is more than 100000");
    EXPECT_FALSE(check({.keep_days = 36'501}));
    EXPECT_FALSE(check({.daily = 36'501}));
    EXPECT_FALSE(check({.weekly = 36'501}));
    EXPECT_FALSE(check({.monthly = 36'501}));
    EXPECT_FALSE(check({.yearly = 36'501}));
    EXPECT_FALSE(decide({.yearly = 36'501}, {}, now, utc));
    EXPECT_FALSE(decide({}, {good("a", now), good("a", now)}, now, utc));
    EXPECT_FALSE(decide({}, std::vector<Candidate>(candidates_max + 1), now, utc));
    EXPECT_TRUE(kept({.keep_days = 36'500}, daily(2), utc, TimePoint{}).size() == 2);
}

TEST(Retention, a_chain_of_all_candidates_is_decided_quickly) {
    std::vector<Candidate> list{good("c0", now - 100'000s)};
    for (std::size_t i = 1; i < candidates_max; ++i)
        list.push_back(
            child("c" + std::to_string(i), list[i - 1].taken + 1s, "c" + std::to_string(i - 1)));
    EXPECT_EQ(kept({.keep_last = 1}, list).size(), candidates_max);
    EXPECT_EQ(kept({.bytes_max = 1}, list).size(), candidates_max);
    EXPECT_EQ(kept({.keep_last = 1}, {list.rbegin(), list.rend()}).size(), candidates_max);
}

}  // namespace
}  // namespace ds::policy
