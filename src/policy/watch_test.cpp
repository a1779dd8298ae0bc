#include "policy/watch.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/testing/times.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using testing::at;
using ::testing::HasSubstr;

class Watch : public ::testing::Test {
protected:
    const Schedule schedule = Schedule::parse("30 2 * * *").value();
    const Zone zone = testing::zone("UTC");
    const Expected expected{schedule, zone, at("2026-11-01T00:00Z"), 2h};

    std::vector<Finding> look(std::optional<TimePoint> copy, const char* now,
                              std::vector<std::uint64_t> sizes = {}) const {
        return watch(expected, {copy, std::move(sizes)}, at(now));
    }
};

TEST_F(Watch, is_quiet_while_copies_come_in_time) {
    EXPECT_TRUE(look(at("2026-11-23T02:41Z"), "2026-11-23T12:00Z").empty());
    EXPECT_TRUE(look(at("2026-11-22T02:41Z"), "2026-11-23T04:30Z").empty()) << "within grace";
}

TEST_F(Watch, tells_of_a_schedulethat_silently_stopped) {
    const auto findings = look(at("2026-11-22T02:41Z"), "2026-11-23T04:31Z");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].kind, FindingKind::overdue);
    EXPECT_EQ(findings[0].text,
              "The run of 2026-11-23T02:30:00Z left no copy; the newest is of "
              "2026-11-22T02:41:00Z.");
    EXPECT_EQ(look(at("2026-10-01T02:41Z"), "2026-11-23T04:31Z").size(), 1U);
}

TEST_F(Watch, tells_of_a_plan_that_never_left_a_copy) {
    EXPECT_TRUE(look({}, "2026-11-01T04:30Z").empty());
    const auto findings = look({}, "2026-11-01T04:31Z");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].kind, FindingKind::missing);
    EXPECT_THAT(findings[0].text, HasSubstr("2026-11-01T02:30:00Z"));
}

TEST_F(Watch, a_resumed_plan_is_not_overdue_for_its_pause) {
    EXPECT_TRUE(look(at("2026-10-01T02:41Z"), "2026-11-01T04:00Z").empty());
}

TEST_F(Watch, a_copy_from_the_future_does_not_keep_it_quiet) {
    const auto findings = look(at("2036-11-22T02:41Z"), "2026-11-23T04:31Z");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_THAT(findings[0].text, HasSubstr("a clock is wrong"));
}

TEST_F(Watch, tells_of_a_backup_that_shrank_below_half_of_the_usual) {
    const auto findings_of = [&](std::vector<std::uint64_t> sizes) {
        return look(at("2026-11-23T02:41Z"), "2026-11-23T12:00Z", std::move(sizes));
    };
    EXPECT_TRUE(findings_of({50, 100, 100, 100}).empty());
    const auto findings = findings_of({49'000, 90'000, 200'000, 100'000});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].kind, FindingKind::shrinking);
    EXPECT_EQ(findings[0].text, "The newest backup has 49.0 kB, those before it usually 100 kB.");
    EXPECT_TRUE(findings_of({49, 100, 100}).empty()) << "two are too few to know what is usual";
    EXPECT_EQ(findings_of({49, 100, 100, 100, 100}).size(), 1U);
    EXPECT_TRUE(findings_of({49, 1, 1, 1'000'000}).empty());
    constexpr auto huge = std::numeric_limits<std::uint64_t>::max();
    EXPECT_EQ(findings_of({huge / 2, huge, huge, huge, huge}).size(), 1U);
    EXPECT_TRUE(findings_of({huge / 2 + 1, huge, huge, huge, huge}).empty());
}

TEST_F(Watch, zero_bytes_are_never_a_success) {
    for (const auto& sizes : std::vector<std::vector<std::uint64_t>>{{0}, {0, 0, 0, 0}, {0, 5}})
        EXPECT_EQ(look(at("2026-11-23T02:41Z"), "2026-11-23T12:00Z", sizes).size(), 1U);
}

TEST_F(Watch, looks_at_a_hundred_sizes_at_most) {
    std::vector<std::uint64_t> sizes(1000, 1);
    std::fill(sizes.begin() + 1, sizes.begin() + 101, 1000);
    sizes[0] = 100;
    EXPECT_EQ(look(at("2026-11-23T02:41Z"), "2026-11-23T12:00Z", sizes).size(), 1U);
}

TEST(FindingKind, has_a_name_for_each) {
    EXPECT_EQ(name_of(FindingKind::overdue), "overdue");
    EXPECT_EQ(name_of(FindingKind::shrinking), "shrinking");
    EXPECT_EQ(name_of(FindingKind::missing), "missing");
}

}  // namespace
}  // namespace ds::policy
