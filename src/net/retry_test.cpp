#include "net/retry.hpp"

#include <gtest/gtest.h>

#include "net/testing/fast_clock.hpp"

namespace ds::net {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, gives_up_after_the_last_attempt) {
    testing::FastClock clock;
    Backoff backoff{{.attempts_max = 4}, clock};
    EXPECT_TRUE(backoff.next());
    EXPECT_TRUE(backoff.next());
    EXPECT_TRUE(backoff.next());
    EXPECT_FALSE(backoff.next());
    EXPECT_EQ(backoff.failed(), 4);
}

TEST(Backoff, doubles_its_bound_up_to_the_longest_pause) {
    testing::FastClock clock;
    for (int round = 0; round < 200; ++round) {
        Backoff backoff{{.attempts_max = 6, .first = 100ms, .pause_max = 400ms}, clock};
        for (const auto bound : {100ms, 200ms, 400ms, 400ms}) EXPECT_LE(*backoff.next(), bound);
    }
}

TEST(Backoff, is_jittered) {
    testing::FastClock clock;
    const auto pause = [&] { return *Backoff{{.first = 10s}, clock}.next(); };
    const auto first = pause();
    bool differs = false;
    for (int i = 0; i < 20; ++i) differs = differs || pause() != first;
    EXPECT_TRUE(differs);
}

TEST(Backoff, waits_as_long_as_the_server_asks_within_reason) {
    testing::FastClock clock;
    Backoff backoff{{.asked_max = 100s}, clock};
    EXPECT_GE(*backoff.next(30s), 30s);
    EXPECT_LE(*backoff.next(3600s), 100s);
}

TEST(Backoff, gives_up_when_its_time_is_over_but_not_before_the_least_attempts) {
    testing::FastClock clock;
    Backoff backoff{{.attempts_max = 100, .attempts_min = 3, .first = 1ms, .total_max = 60s},
                    clock};
    clock.sleep_for(2min, {});
    EXPECT_TRUE(backoff.next());
    EXPECT_TRUE(backoff.next());
    EXPECT_FALSE(backoff.next());
}

TEST(RetryAfter, reads_seconds_and_dates) {
    const auto now = std::chrono::system_clock::from_time_t(1445412480);  // 2015-10-21T07:28:00Z
    EXPECT_EQ(parse_retry_after(" 120 ", now), 120s);
    EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2015 07:28:30 GMT", now), 30s);
    EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2015 07:00:00 GMT", now), 0s);
    EXPECT_EQ(parse_retry_after("999999999999", now), 86'400s);
    EXPECT_FALSE(parse_retry_after("soon", now));
    EXPECT_FALSE(parse_retry_after("-1", now));
    EXPECT_FALSE(parse_retry_after("", now));
}

}  // namespace
}  // namespace ds::net
