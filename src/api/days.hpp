#pragma once

#include "api/route.hpp"
#include "base/text.hpp"
#include "catalog/leases.hpp"

namespace ds::api {

/// A day of a calendar, as a time zone has it: 23 to 25 hours.
struct Day {
    std::string day;     // "2026-11-23"
    std::string begins;  // in UTC, as rows write moments
    std::string ends;
};

constexpr int days_max = 400;

/// The days that ?from= to ?to= name, both included, in ?zone=; without them the 30 days up to now
/// in `zone`. Code::invalid for what is no day, and for more than `days_max`.
Result<std::vector<Day>> read_days(const Call& call, const std::string& zone, catalog::Time now);
std::vector<Option> day_options();

/// "WITH days(at, begins, ends) AS (…) " to join with: `at` counts from 0.
std::string with_days(const std::vector<Day>& days);

}  // namespace ds::api
