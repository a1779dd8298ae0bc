#pragma once

#include <mutex>
#include <vector>

#include "sys/run.hpp"

namespace ds::net::testing {

/// The machine's clock, but sleeping is over at once and only moves its hands. Remembers every
/// sleep.
class FastClock final : public sys::Clock {
public:
    std::chrono::system_clock::time_point now() override {
        const std::lock_guard lock{mutex_};
        return std::chrono::system_clock::now() +
               std::chrono::duration_cast<std::chrono::system_clock::duration>(ahead_);
    }
    bool sleep_for(std::chrono::nanoseconds duration, const std::stop_token& stop) override {
        const std::lock_guard lock{mutex_};
        // Signatures carry the time, so the hands stay close enough for a real server to accept
        // them.
        if (ahead_ < std::chrono::minutes{5}) ahead_ += duration;
        slept_.push_back(duration);
        return !stop.stop_requested();
    }
    std::vector<std::chrono::nanoseconds> slept() {
        const std::lock_guard lock{mutex_};
        return slept_;
    }

private:
    std::mutex mutex_;
    std::chrono::nanoseconds ahead_{0};
    std::vector<std::chrono::nanoseconds> slept_;
};

}  // namespace ds::net::testing
