#pragma once

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/restore/stored_dump.hpp"

namespace ds::engines::postgres {

/// Engine::restore() for a dump made by this engine. Into a new database beside the target, which
/// takes the target's name at the end; where the role may not create databases, into the target
/// itself if it is empty. Chosen tables go into a database that exists in one transaction.
Result<RestoreReport> restore(PartReader& backup, const RestoreRequest& request,
                              const sys::Run& run);

struct RestoreOptions {
    bool any_locale = false;  // another locale where the server does not have the backup's
};
/// The same for a backup that was opened already.
Result<RestoreReport> restore_dump(PartReader& backup, const StoredDump& dump,
                                   const RestoreRequest& request, const RestoreOptions& options,
                                   const sys::Run& run);

}  // namespace ds::engines::postgres
