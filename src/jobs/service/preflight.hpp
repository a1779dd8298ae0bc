#pragma once

#include "jobs/restore.hpp"
#include "jobs/service/opened_copy.hpp"

namespace ds::jobs {

/// What would happen if a restore were begun now, and what is in the way. Nothing was changed for
/// it.
struct Preflight {
    std::vector<model::Finding> findings;
    std::optional<Error> blocked;  // the first thing in the way
    bool replaces = false;         // something that is not empty would be gone
    OpenedCopy copy;               // when nothing is in the way
    RestoreOrder order;
};

/// Looks at the copy, the key, the target, in the order of what needs what; what comes behind
/// something in the way may not have been looked at. Only a stop is an error.
Result<Preflight> preflight(const Office& office, const model::Run& order, const sys::Run& run);

}  // namespace ds::jobs
