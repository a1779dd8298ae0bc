#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string_view>

#include "base/result.hpp"

namespace ds::sys {

/// Time, so that tests can hold it still.
class Clock {
public:
    virtual ~Clock() = default;
    virtual std::chrono::system_clock::time_point now() = 0;
    /// Sleeps; true when the whole time went by, false when `stop` fired first.
    virtual bool sleep_for(std::chrono::nanoseconds duration, const std::stop_token& stop) = 0;
};

/// The machine's clock. Lives for the whole process.
Clock& system_clock();

/// Told how far a long operation got. Calls come from any thread, often; implementations are quick
/// and never fail. Byte counts are what was added since the last call.
class Progress {
public:
    virtual ~Progress() = default;
    /// A new step begins: "dump", "restore".
    virtual void step(std::string_view /*name*/) {}
    /// How many bytes the step's input is thought to have; 0 = unknown.
    virtual void expect(std::uint64_t /*bytes*/) {}
    virtual void advance(std::uint64_t /*bytes_in*/, std::uint64_t /*bytes_out*/) {}
    /// Something the user should know, though the work goes on.
    virtual void warn(std::string_view /*text*/) {}
};

/// Progress that tells nobody. Lives for the whole process.
Progress& no_progress();

/// What every long operation is handed: how to notice that it should stop, what time it is, and
/// where to say how far it got.
struct Run {
    std::stop_token stop;
    Clock& clock;
    Progress& progress;

    /// An error of Code::cancelled once `stop` fired; to be asked between steps.
    Status check() const;
};

/// A Run that nobody stops or watches.
Run plain_run();

}  // namespace ds::sys
