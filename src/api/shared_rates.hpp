#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/secret.hpp"
#include "net/redis.hpp"
#include "sys/log.hpp"

namespace ds::api {

/// What several servers count together, over Redis. While that is away nobody is kept out and
/// nobody waits for it: there is no answer, each server counts for itself, and one line of the log
/// says so. Thread-safe.
class SharedRates {
public:
    /// `log` outlives it.
    SharedRates(Secret url, sys::Log& log);
    ~SharedRates();
    SharedRates(const SharedRates&) = delete;
    SharedRates& operator=(const SharedRates&) = delete;

    /// Zero, or how long to wait; nothing when Redis does not answer.
    std::optional<std::chrono::nanoseconds> take(const std::string& name,
                                                 std::chrono::nanoseconds each,
                                                 std::chrono::nanoseconds at_once);
    bool is_there() const { return there_; }

private:
    const Secret url_;
    sys::Log& log_;
    std::atomic<bool> there_ = false;

    std::timed_mutex mutex_;
    std::unique_ptr<net::Redis> redis_;

    std::mutex waiting_mutex_;
    std::condition_variable_any lost_;
    bool told_ = false;  // of the keeper alone

    std::jthread keeper_;  // last: uses all of the above

    void keep(const std::stop_token& stop);
    void connect();
    void let_go(const Error& why);
};

}  // namespace ds::api
