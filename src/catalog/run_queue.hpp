#pragma once

#include <optional>

#include "catalog/claim.hpp"
#include "catalog/leases.hpp"
#include "catalog/tables.hpp"

/// Runs wait as rows, so that a restart loses none; a lease says which server works on one.
namespace ds::catalog {

/// Enters a run: it waits from now on, or until its `not_before`. A scheduled one that is there
/// already (same plan, database, kind and moment) is Code::exists: somebody was faster.
Status enqueue(Session& session, model::Run run);

/// The copies of a backup that can be read, the best one first.
Result<std::vector<model::Copy>> readable_copies(Session& session, const std::string& organization,
                                                 const std::string& backup);

/// What the owner learns with each heartbeat.
struct Heartbeat {
    bool lost = false;  // somebody else has the run, or it is over: stop at once, write nothing
    bool cancel = false;
};
Result<Heartbeat> renew_run(Catalog& catalog, const model::Run& run,
                            const model::RunProgress& progress, Time now,
                            std::chrono::seconds lease);

/// Notes where a backup run will store, before it does: what its server cannot report any more is
/// found there. Code::conflict when `run.lease_owner` does not have it any more.
Status place_run(Catalog& catalog, const model::Run& run, const std::string& place);

/// Keeps a run for as long as it takes to make its result count. Whoever seemed dead meanwhile, and
/// whose run is tried again elsewhere, must not: Code::conflict.
Status hold_run(Catalog& catalog, const model::Run& run, Time now);

/// Writes how a run ended, if `run.lease_owner` still has it (else Code::conflict), together with
/// whatever `more` writes, and queues the next attempt when `retry_at` is given.
Status finish_run(Catalog& catalog, model::Run run, Time now, std::optional<Time> retry_at,
                  const std::function<Status(Session&)>& more = {});

/// Asks for a cancel. A queued run is cancelled at once, a running one at its next heartbeat.
Result<model::Run> cancel_run(Session& session, const std::string& organization,
                              const std::string& id, Time now);

/// Whether a restore or a verification of the backup waits or works.
Result<bool> is_read(Session& session, const std::string& organization, const std::string& backup);

/// Whether a run whose server died is done again. What writes into a database of people is not,
/// unless they said so: it may have done its work.
bool is_tried_again(const model::Run& lost);

/// Marks runs whose owner went silent as interrupted, and queues their next attempt. Returns them.
Result<std::vector<model::Run>> reap_runs(Catalog& catalog, Time now);

}  // namespace ds::catalog
