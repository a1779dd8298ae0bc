#pragma once

#include <string>

#include "policy/zone.hpp"

namespace ds::policy {

enum class Period { day, week, month, year };

/// The name of the period that a wall clock time lies in: "2026-11-22", "2026-W47" (ISO 8601, where
/// the first days of January may belong to the year before), "2026-11", "2026".
std::string period_name(Period period, WallTime when);

}  // namespace ds::policy
