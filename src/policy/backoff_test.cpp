#include "policy/backoff.hpp"

#include <limits>
#include <set>

#include <gtest/gtest.h>

namespace ds::policy {
namespace {

using namespace std::chrono_literals;

TEST(RetryWait, grows_fourfold_up_to_an_hour) {
    const std::vector<std::chrono::seconds> waits{30s, 2min, 8min, 32min, 1h, 1h};
    for (unsigned attempt = 1; attempt <= waits.size(); ++attempt) {
        for (const auto* seed : {"a", "b", "c", "d", ""}) {
            const auto full = waits[attempt - 1];
            EXPECT_LE(retry_wait(attempt, seed), full);
            EXPECT_GE(retry_wait(attempt, seed), full * 4 / 5);
        }
    }
}

TEST(RetryWait, follows_from_its_seed_alone) {
    EXPECT_EQ(retry_wait(3, "run-7"), retry_wait(3, "run-7"));
    std::set<std::chrono::seconds> waits;
    for (int i = 0; i < 100; ++i) waits.insert(retry_wait(5, "run-" + std::to_string(i)));
    EXPECT_GT(waits.size(), 80U) << "what failed together must not come back together";
}

TEST(RetryWait, has_no_attempt_that_breaks_it) {
    EXPECT_LE(retry_wait(0, "x"), 30s);
    EXPECT_LE(retry_wait(std::numeric_limits<unsigned>::max(), "x"), retry_wait_max);
    EXPECT_GE(retry_wait(std::numeric_limits<unsigned>::max(), "x"), retry_wait_max * 4 / 5);
}

}  // namespace
}  // namespace ds::policy
