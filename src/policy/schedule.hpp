#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "policy/cron/cron.hpp"
#include "policy/zone.hpp"

namespace ds::policy {

/// When something is to run: a cron line of five fields, or @hourly, @daily (@midnight), @weekly,
/// @monthly, @yearly (@annually), `@every 6h`. The zone is given with each question.
///
/// Where clocks change, a run at fixed hours happens once: at the first moment after the gap if its
/// time is skipped, in the first pass if it comes twice. A schedule whose hour field starts with a
/// star means a distance: it runs whenever the clock shows a fitting time, in both passes, and
/// what a gap skips comes when as much time has passed, unless a run is due before that anyway.
/// `@every` counts from 1970 in UTC and knows no zones.
class Schedule {
public:
    /// Code::invalid names the field and tells what it may hold.
    static Result<Schedule> parse(std::string_view text);

    /// The first run strictly after `after`; empty past 2261.
    std::optional<TimePoint> next(TimePoint after, const Zone& zone) const;
    /// The next `count` runs, at most `upcoming_max`.
    std::vector<TimePoint> upcoming(TimePoint after, const Zone& zone, std::size_t count) const;
    /// As it was written, without the spaces around it.
    const std::string& text() const { return text_; }
    /// "every day at 02:30", "every 6 hours"; the cron text where English would be longer.
    std::string describe() const;

    static constexpr std::size_t text_bytes_max = 200;
    static constexpr std::size_t upcoming_max = 1000;

private:
    using Rhythm = std::variant<Cron, std::chrono::seconds>;
    Schedule(std::string text, Rhythm rhythm) : text_{std::move(text)}, rhythm_{rhythm} {}

    std::string text_;
    Rhythm rhythm_;
};

constexpr std::chrono::seconds jitter_max = std::chrono::hours{24};

/// How long after its scheduled time a plan starts, so that not all start at once: below `window`
/// (and `jitter_max`), always the same for one id, spread evenly over many.
std::chrono::seconds jitter(std::string_view plan_id, std::chrono::seconds window);

/// A run that should start now.
struct DueRun {
    TimePoint scheduled_for;
    unsigned missed = 0;  // earlier runs that it stands for, counted up to `missed_max`
};
constexpr unsigned missed_max = 1000;

/// The newest run that was scheduled after `last_scheduled` and whose time plus `delay` (its
/// jitter()) has come; runs that were missed before it are not made up one by one. `last_scheduled`
/// is the `scheduled_for` of the last run that was started, or the time when the plan was made (not
/// the time of the last look): that keeps one scheduled time from starting twice or never, also
/// when the jitter or the machine's clock changes.
std::optional<DueRun> due(const Schedule& schedule, const Zone& zone, TimePoint last_scheduled,
                          TimePoint now, std::chrono::seconds delay = {});

}  // namespace ds::policy
