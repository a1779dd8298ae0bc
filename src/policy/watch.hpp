#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/schedule.hpp"
#include "policy/zone.hpp"

namespace ds::policy {

/// What should be there, from the plan.
struct Expected {
    const Schedule& schedule;
    const Zone& zone;
    TimePoint since;               // when the plan was made or resumed
    std::chrono::seconds grace{};  // what a run may take to leave a copy: jitter, waiting, working
};

/// What is there, from the store itself and never from our own records of runs.
struct Actual {
    std::optional<TimePoint> newest_copy;
    std::vector<std::uint64_t> sizes;  // of the last backups, newest first
};

enum class FindingKind {
    overdue,    // a run was due after the newest copy, and left none
    shrinking,  // the newest is empty, or below half of the median of those before it
    missing,    // a run was due, and there is no copy at all
};

/// "overdue", "shrinking", "missing".
std::string_view name_of(FindingKind kind);

struct Finding {
    FindingKind kind = FindingKind::missing;
    std::string text;  // one sentence
};

/// What a person must be told. Needs no run to have taken place: a scheduler that stopped is found.
std::vector<Finding> watch(const Expected& expected, const Actual& actual, TimePoint now);

}  // namespace ds::policy
