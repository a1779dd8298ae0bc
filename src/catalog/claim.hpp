#pragma once

#include <functional>
#include <optional>

#include "catalog/leases.hpp"
#include "catalog/tables.hpp"

namespace ds::catalog {

struct QueueLimits {
    std::uint64_t runs_max = 4;  // at once, over all servers that share the catalog
    std::chrono::seconds lease{30};
    std::uint64_t memory_max = 0;  // bytes that runs of one owner may need together; 0: no limit
    /// What a run needs at most.
    std::function<Result<std::uint64_t>(Session&, const model::Run&)> memory_of = {};
};

/// The next run that may start now, leased to `owner` and marked running; nothing when none may.
/// Takes turns between organizations. Never starts two backups or restores of one database, nor
/// more than a server, a store or the limits allow. Whose turn it is when the owner's memory is
/// short waits for it, and nobody overtakes there; what needs more than all of it runs alone.
Result<std::optional<model::Run>> claim_run(Catalog& catalog, const std::string& owner, Time now,
                                            const QueueLimits& limits);

/// The statements of a claim that read the queue, for those who ask what they cost.
extern const std::string_view lanes_query, first_of_lane;

}  // namespace ds::catalog
