#pragma once

#include <atomic>

#include "sys/run.hpp"

namespace ds::server::testing {

/// The machine's time, and then some.
class LateClock final : public sys::Clock {
public:
    std::chrono::system_clock::time_point now() override {
        return sys::system_clock().now() + later_.load();
    }
    bool sleep_for(std::chrono::nanoseconds duration, const std::stop_token& stop) override {
        return sys::system_clock().sleep_for(duration, stop);
    }
    void advance(std::chrono::seconds by) { later_ = later_.load() + by; }

private:
    std::atomic<std::chrono::seconds> later_{std::chrono::seconds{0}};
};

}  // namespace ds::server::testing
