#pragma once

#include <optional>

#include "catalog/leases.hpp"
#include "catalog/tables.hpp"

/// Runs wait as rows, so that a restart loses none; a lease says which server works on one.
namespace ds::catalog {

struct QueueLimits {
    std::uint64_t runs_max = 4;  // at once, over all servers that share the catalog
    std::chrono::seconds lease{30};
};

/// Enters a run. A scheduled one that is there already (same plan, database, kind and moment) is
/// Code::exists: somebody was faster.
Status enqueue(Session& session, const model::Run& run);

/// The next run that may start now, leased to `owner` and marked running; nothing when none may.
/// Takes turns between organizations; never starts two backups or restores of one database, nor
/// more than a server's limit.
Result<std::optional<model::Run>> claim_run(Catalog& catalog, const std::string& owner, Time now,
                                            const QueueLimits& limits);

/// What the owner learns with each heartbeat.
struct Heartbeat {
    bool lost = false;  // somebody else has the run, or it is over: stop at once, write nothing
    bool cancel = false;
};
Result<Heartbeat> renew_run(Catalog& catalog, const model::Run& run,
                            const model::RunProgress& progress, Time now,
                            std::chrono::seconds lease);

/// Writes how a run ended, if `run.lease_owner` still has it (else Code::conflict), together with
/// whatever `more` writes, and queues the next attempt when `retry_at` is given.
Status finish_run(Catalog& catalog, model::Run run, Time now, std::optional<Time> retry_at,
                  const std::function<Status(Session&)>& more = {});

/// Asks for a cancel. A queued run is cancelled at once, a running one at its next heartbeat.
Result<model::Run> cancel_run(Session& session, const std::string& organization,
                              const std::string& id, Time now);

/// Whether a restore or a verification of the backup waits or works.
Result<bool> is_read(Session& session, const std::string& organization, const std::string& backup);

/// Marks runs whose owner went silent as interrupted, and queues their next attempt. Returns them.
Result<std::vector<model::Run>> reap_runs(Catalog& catalog, Time now);

}  // namespace ds::catalog
