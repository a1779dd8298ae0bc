#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace ds::policy {

using TimePoint = std::chrono::system_clock::time_point;
/// A moment, to the second.
using Instant = std::chrono::sys_seconds;
/// What a clock on a wall shows; which moment that is depends on the wall.
using WallTime = std::chrono::local_seconds;

/// A stretch of time, [begin, end), in which a zone keeps one distance to UTC.
struct Stretch {
    Instant begin;
    Instant end;
    std::chrono::seconds offset{};

    WallTime wall(Instant when) const { return WallTime{(when + offset).time_since_epoch()}; }
    Instant instant(WallTime wall) const { return Instant{wall.time_since_epoch()} - offset; }
};

/// When a wall clock shows a certain time: usually once; never in the gap where clocks go forward;
/// twice where they go back.
struct Showing {
    enum class Kind { once, never, twice };
    Kind kind = Kind::once;
    Instant first;  // never: the first moment after the gap
    Instant last;   // twice: the second pass; otherwise the same as `first`
};

/// A time zone of the system's database (tzdata). Cheap to copy; any thread. The database is read
/// once per process; after 2037 it knows no daylight-saving time.
class Zone {
public:
    /// "Europe/Berlin", "UTC" (which needs no database). Code::invalid for a name that the database
    /// does not have, Code::unavailable where there is none.
    static Result<Zone> find(std::string_view iana_name);

    const std::string& name() const;
    Stretch stretch_at(Instant when) const;
    WallTime wall(TimePoint when) const;
    Showing showing(WallTime wall) const;

private:
    struct Entry;
    explicit Zone(std::shared_ptr<const Entry> entry) : entry_{std::move(entry)} {}
    std::shared_ptr<const Entry> entry_;
};

}  // namespace ds::policy
