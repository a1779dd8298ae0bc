#include <csignal>

#include <gtest/gtest.h>

#include "api/rate_limiter.hpp"
#include "sys/testing/redis_server.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::api {
namespace {

using namespace std::chrono_literals;
using sys::testing::RedisServer;

class HeardLog final : public sys::Log {
public:
    void write(sys::LogLevel, std::string_view event, std::string_view words,
               sys::LogFields) override {
        const std::lock_guard lock{mutex_};
        lines_.push_back(std::string{event} + " " + std::string{words});
    }
    int count(std::string_view event) {
        const std::lock_guard lock{mutex_};
        return static_cast<int>(std::ranges::count_if(
            lines_, [&](const auto& line) { return line.starts_with(event); }));
    }
    bool tells(std::string_view words) {
        const std::lock_guard lock{mutex_};
        return std::ranges::any_of(lines_,
                                   [&](const auto& line) { return line.find(words) != line.npos; });
    }

private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
};

class SharedRatesLive : public ::testing::Test {
protected:
    HeardLog log;

    void SetUp() override {
        if (!RedisServer::is_installed()) GTEST_SKIP() << "there is no redis-server";
        std::signal(SIGPIPE, SIG_IGN);
    }
    std::unique_ptr<RateLimiter> limiter(const Secret& url, bool there = true) {
        auto made = std::make_unique<RateLimiter>(
            Rates{.address = 120, .sign_in = 0, .user = 0, .token = 0, .redis = url},
            sys::system_clock(), log);
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (there && !made->shares() && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(10ms);
        EXPECT_EQ(made->shares(), there);
        return made;
    }
    static int taken(RateLimiter& from, const std::string& address = "192.0.2.1") {
        int count = 0;
        while (count < 100 && from.take_address(address)) ++count;
        return count;
    }
};

TEST_F(SharedRatesLive, servers_count_together) {
    const RedisServer redis{"sesame-9"};
    const auto one = limiter(redis.url()), two = limiter(redis.url());
    EXPECT_EQ(taken(*one, "2001:db8::1"), 20);
    EXPECT_LE(taken(*two, "2001:db8::2"), 1) << "half a second earns one";
    const auto refused = two->take_address("2001:db8::1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().wait_seconds(), 1);
    std::this_thread::sleep_for(600ms);
    EXPECT_TRUE(two->take_address("2001:db8::1"));
    EXPECT_FALSE(log.tells("sesame-9"));
}

TEST_F(SharedRatesLive, no_two_take_the_same_at_once) {
    const RedisServer redis;
    std::vector<std::unique_ptr<RateLimiter>> servers;
    for (int server = 0; server < 4; ++server) servers.push_back(limiter(redis.url()));
    std::atomic<int> all = 0;
    const auto began = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (auto& server : servers)
            threads.emplace_back([&] {
                for (int turn = 0; turn < 50; ++turn) all += server->take_address("a") ? 1 : 0;
            });
    }
    const auto earned = (std::chrono::steady_clock::now() - began) / 500ms + 1;
    EXPECT_GE(all, 20);
    EXPECT_LE(all, 20 + earned);
}

TEST_F(SharedRatesLive, while_it_is_away_each_counts_for_itself_and_says_so_once) {
    RedisServer redis;
    const auto one = limiter(redis.url());
    EXPECT_EQ(taken(*one), 20);
    redis.stop();
    EXPECT_GE(taken(*one), 19) << "of its own count";
    EXPECT_LE(taken(*one), 1);
    std::this_thread::sleep_for(2500ms);
    EXPECT_EQ(log.count("rate.redis.away"), 1);
    redis.start();
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (!one->shares() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(20ms);
    EXPECT_TRUE(one->shares());
    EXPECT_EQ(log.count("rate.redis.there"), 2);
}

TEST_F(SharedRatesLive, a_server_that_hangs_keeps_nobody_waiting) {
    RedisServer redis;
    const auto one = limiter(redis.url());
    redis.pause();
    const auto began = std::chrono::steady_clock::now();
    EXPECT_GE(taken(*one), 20);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
    redis.go_on();
    const auto stranger = limiter(Secret{"redis://127.0.0.1:1/"}, false);
    EXPECT_EQ(taken(*stranger), 20) << "one that was never there keeps nobody out either";
}

TEST_F(SharedRatesLive, a_wrong_password_is_told_without_it) {
    const RedisServer redis{"sesame-9"};
    const auto url = fmt::format("redis://:open-8@127.0.0.1:{}/", redis.port());
    const auto one = limiter(Secret{url}, false);
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(log.count("rate.redis.away"), 1);
    EXPECT_FALSE(log.tells("open-8"));
}

}  // namespace
}  // namespace ds::api
