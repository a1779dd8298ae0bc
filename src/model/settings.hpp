#pragma once

#include "model/plan.hpp"

namespace ds::model {

/// What a new plan has where its maker says nothing.
struct PlanDefaults {
    std::string compression = "zstd:3";
    std::uint64_t attempts_max = 3;
    std::uint64_t stall_seconds = 300;
    Overlap overlap = Overlap::queue;
    std::string verify_schedule;
    std::uint64_t verify_level = 4;
    Retention retention;
};
BOOST_DESCRIBE_STRUCT(PlanDefaults, (),
                      (compression, attempts_max, stall_seconds, overlap, verify_schedule,
                       verify_level, retention))

/// What an organization chooses for all it has. Its id is the organization's.
struct Settings : Record {
    std::string zone = "UTC";               // IANA name: of days in statistics, and of new plans
    std::uint64_t prune_grace_seconds = 0;  // between condemned and removed
    std::uint64_t audit_keep_days = 0;      // 0: for ever
    PlanDefaults plan;
    bool require_second_factor = false;  // members without one can do nothing but set it up
};
BOOST_DESCRIBE_STRUCT(Settings, (Record),
                      (zone, prune_grace_seconds, audit_keep_days, plan, require_second_factor))

}  // namespace ds::model
