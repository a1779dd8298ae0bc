#include "api/rate_limiter.hpp"

#include <gtest/gtest.h>

#include "net/address.hpp"

namespace ds::api {
namespace {

using namespace std::chrono_literals;

class SlowClock final : public sys::Clock {
public:
    std::chrono::system_clock::time_point at{
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
    std::chrono::system_clock::time_point now() override { return at; }
    bool sleep_for(std::chrono::nanoseconds, const std::stop_token&) override { return true; }
};

class Limiting : public ::testing::Test {
protected:
    SlowClock clock;
    RateLimiter limiter{{.address = 120, .sign_in = 60, .user = 0, .token = 120}, clock};

    int taken(const std::string& address, int most = 1000) {
        int count = 0;
        while (count < most && limiter.take_address(address)) ++count;
        return count;
    }
};

TEST_F(Limiting, some_may_come_at_once_and_then_as_many_as_the_rate_says) {
    EXPECT_EQ(taken("192.0.2.1"), 20);
    const auto refused = limiter.take_address("192.0.2.1");
    EXPECT_EQ(refused.error().code(), Code::exhausted);
    EXPECT_EQ(refused.error().wait_seconds(), 1);
    clock.at += 500ms;
    EXPECT_EQ(taken("192.0.2.1"), 1);
    clock.at += 60s;
    EXPECT_EQ(taken("192.0.2.1"), 20) << "what was not used does not add up";
}

TEST_F(Limiting, one_does_not_use_up_what_another_may) {
    EXPECT_EQ(taken("192.0.2.1"), 20);
    EXPECT_EQ(taken("192.0.2.2"), 20);
    EXPECT_EQ(taken("::ffff:192.0.2.2"), 0) << "the same address in another form";
}

TEST_F(Limiting, an_ipv6_customer_is_one_whatever_address_they_take) {
    EXPECT_EQ(taken("2001:db8:1:2::1", 15), 15);
    EXPECT_EQ(taken("2001:db8:1:2:ffff::2"), 5);
    EXPECT_EQ(taken("2001:db8:1:3::1"), 20);
}

TEST_F(Limiting, tokens_are_limited_and_what_is_off_is_not) {
    const Caller caller{"org", "user", "token", Scope::read};
    int count = 0;
    while (count < 1000 && limiter.take_caller(caller)) ++count;
    EXPECT_EQ(count, 20);
    EXPECT_TRUE(limiter.take_caller({"org", "user", "", Scope::read}));
}

TEST_F(Limiting, a_clock_that_is_put_back_keeps_nobody_out) {
    EXPECT_EQ(taken("192.0.2.1"), 20);
    clock.at -= 24h;
    EXPECT_EQ(taken("192.0.2.1"), 20);
}

TEST_F(Limiting, a_flood_of_addresses_is_bounded_in_memory) {
    for (unsigned number = 0; number < 200'000; ++number)
        EXPECT_TRUE(limiter.take_address(net::Address::v4(number).shown()));
    EXPECT_EQ(taken("255.0.0.1"), 20);
}

}  // namespace
}  // namespace ds::api
