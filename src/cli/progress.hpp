#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "cli/console.hpp"
#include "sys/run.hpp"

namespace ds::cli {

/// Shows on stderr how far a run got: a live line on a terminal, a plain line now and then
/// elsewhere, or JSON events. Ends (and clears its line) when destroyed.
class ShownProgress final : public sys::Progress {
public:
    ShownProgress(const Console& console, ProgressStyle style);
    ~ShownProgress() override;

    void step(std::string_view name) override;
    void expect(std::uint64_t bytes) override;
    void advance(std::uint64_t bytes_in, std::uint64_t bytes_out) override;
    void warn(std::string_view text) override;

private:
    struct State {
        std::string step;
        std::uint64_t expected = 0;
        std::uint64_t bytes_in = 0;
        std::uint64_t bytes_out = 0;
        std::chrono::steady_clock::time_point began;
    };

    void run(const std::stop_token& stop);
    void show(const State& state);
    void show_live(const State& state);

    ProgressStyle style_;
    bool line_shown_ = false;  // only the showing thread, and the destructor after it

    std::mutex mutex_;
    std::condition_variable_any wake_;
    State state_;

    std::jthread thread_;
};

/// "62 %  ████████▌    131 MB/s  4.1 : 1  3 s left"; for tests apart from any terminal.
std::string progress_text(std::uint64_t expected, std::uint64_t bytes_in, std::uint64_t bytes_out,
                          std::chrono::milliseconds elapsed);

}  // namespace ds::cli
