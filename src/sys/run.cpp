#include "sys/run.hpp"

#include <condition_variable>
#include <mutex>

namespace ds::sys {
namespace {

class MachineClock final : public Clock {
public:
    std::chrono::system_clock::time_point now() override {
        return std::chrono::system_clock::now();
    }

    bool sleep_for(std::chrono::nanoseconds duration, const std::stop_token& stop) override {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock{mutex};
        wake.wait_for(lock, stop, duration, [&] { return stop.stop_requested(); });
        return !stop.stop_requested();
    }
};

}  // namespace

Clock& system_clock() {
    static MachineClock clock;
    return clock;
}

Progress& no_progress() {
    static Progress progress;
    return progress;
}

Status Run::check() const {
    if (stop.stop_requested()) return fail(Code::cancelled, "stopped on request");
    return {};
}

Run plain_run() { return {{}, system_clock(), no_progress()}; }

}  // namespace ds::sys
