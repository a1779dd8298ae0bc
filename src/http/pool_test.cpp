#include "http/pool.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <list>
#include <memory>

#include <gtest/gtest.h>

#include "http/testing/running_server.hpp"

namespace ds::http {
namespace {

using namespace std::chrono_literals;
using testing::Gate;

constexpr auto name = "pool-test";

/// Threads of this process that have the name.
std::size_t threads_of(const std::string& wanted) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/task"}) {
        std::string found;
        std::ifstream{entry.path() / "comm"} >> found;
        count += found == wanted ? 1 : 0;
    }
    return count;
}

/// Tasks that wait until all of them may go.
class Crowd {
public:
    std::function<void()> task() {
        return [this] {
            ++running;
            gate.wait();
            ++done;
        };
    }
    void wait_running(int count) const {
        while (running < count) std::this_thread::sleep_for(1ms);
    }

    Gate gate;
    std::atomic<int> running{0};
    std::atomic<int> done{0};
};

TEST(Pool, has_no_threads_before_there_is_work) {
    Pool pool{name, 4, 4};
    EXPECT_EQ(threads_of(name), 0U);
    Gate ran;
    ASSERT_TRUE(pool.submit([&] { ran.open(); }));
    EXPECT_TRUE(ran.wait());
    EXPECT_EQ(threads_of(name), 1U);
}

TEST(Pool, takes_as_many_as_it_has_threads_and_places) {
    Crowd crowd;
    Pool pool{name, 2, 3};
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(pool.submit(crowd.task())) << i;
    EXPECT_FALSE(pool.submit(crowd.task()));
    crowd.wait_running(2);
    EXPECT_FALSE(pool.submit(crowd.task()));
    EXPECT_EQ(crowd.running, 2);
    EXPECT_EQ(threads_of(name), 2U);
    crowd.gate.open();
    crowd.wait_running(5);
    while (!pool.submit(crowd.task())) std::this_thread::sleep_for(1ms);
}

TEST(Pool, without_places_work_is_taken_only_by_free_threads) {
    Crowd crowd;
    Pool pool{name, 2, 0};
    EXPECT_TRUE(pool.submit(crowd.task()));
    EXPECT_TRUE(pool.submit(crowd.task()));
    EXPECT_FALSE(pool.submit(crowd.task()));
    crowd.gate.open();
    for (int i = 0; i < 10; ++i) {
        while (!pool.submit(crowd.task())) std::this_thread::sleep_for(1ms);
    }
}

TEST(Pool, ends_what_is_queued_and_then_its_threads) {
    Crowd crowd;
    {
        Pool pool{name, 2, 10};
        for (int i = 0; i < 12; ++i) ASSERT_TRUE(pool.submit(crowd.task()));
        crowd.wait_running(2);
        crowd.gate.open();
    }
    EXPECT_EQ(crowd.done, 12);
    EXPECT_EQ(threads_of(name), 0U);
}

TEST(Pool, lets_go_of_a_task_before_it_waits_for_the_next) {
    Pool pool{name, 1, 4};
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> seen = held;
    ASSERT_TRUE(pool.submit([held = std::move(held)] {}));
    for (int i = 0; i < 1000 && !seen.expired(); ++i) std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(seen.expired());
}

TEST(Pool, every_task_that_was_taken_runs_once) {
    std::atomic<int> taken{0};
    std::atomic<int> ran{0};
    {
        Pool pool{name, 3, 5};
        std::list<std::thread> submitters;
        for (int i = 0; i < 4; ++i) {
            submitters.emplace_back([&] {
                for (int k = 0; k < 2000; ++k) taken += pool.submit([&] { ++ran; }) ? 1 : 0;
            });
        }
        for (auto& submitter : submitters) submitter.join();
        EXPECT_LE(threads_of(name), 3U);
    }
    EXPECT_GE(taken, 8);
    EXPECT_EQ(ran, taken);
}

}  // namespace
}  // namespace ds::http
