#pragma once

#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "policy/zone.hpp"

namespace ds::policy::testing {

/// "2026-03-29T01:00Z".
inline TimePoint at(std::string text) {
    return from_rfc3339(text.insert(text.size() - 1, ":00")).value();
}

inline Zone zone(std::string_view name) { return Zone::find(name).value(); }

/// "2026-03-29 03:00+2:00", as a clock in that zone shows it.
inline std::string shown(TimePoint when, const Zone& in) {
    const auto second = std::chrono::floor<std::chrono::seconds>(when);
    const auto stretch = in.stretch_at(second);
    const auto day = std::chrono::floor<std::chrono::days>(stretch.wall(second));
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{stretch.wall(second) - day};
    const std::chrono::hh_mm_ss offset{stretch.offset};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}{}{}:{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(),
                       offset.is_negative() ? '-' : '+', offset.hours().count(),
                       offset.minutes().count());
}

}  // namespace ds::policy::testing
