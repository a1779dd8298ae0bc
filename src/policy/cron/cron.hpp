#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "policy/zone.hpp"

namespace ds::policy {

/// The five fields of a cron line as sets of wall clock times: bit n of a set stands for the value
/// n. Knows the calendar, but no zones: those are `Schedule`'s.
struct Cron {
    std::uint64_t minutes = 0;
    std::uint64_t hours = 0;
    std::uint64_t days = 0;  // 1 to 31
    std::uint64_t months = 0;
    std::uint64_t weekdays = 0;     // 0 is Sunday
    bool last_day = false;          // `L`: the last day of the month, too
    bool days_limited = false;      // the field does not start with a star
    bool weekdays_limited = false;  // if both are limited, a day that either names fits
    bool every_hour = false;        // the hour field starts with a star: the plan is a distance

    /// Five fields with names, lists, ranges, steps, `?` and `L`. Code::invalid names the field and
    /// tells what it may hold; so is a date that no calendar has.
    static Result<Cron> parse(std::string_view text);

    bool fits_day(std::chrono::local_days day) const;
    /// The first whole minute at or after `from` that fits. Empty when none comes within 41 years:
    /// no rule that parse() lets through is rarer.
    std::optional<WallTime> first_from(WallTime from) const;
    /// In English, "every 15 minutes", "Mondays at 04:00"; empty when that would be longer than the
    /// cron text is hard.
    std::string describe() const;
};

}  // namespace ds::policy
