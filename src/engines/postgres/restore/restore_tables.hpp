#pragma once

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/restore/stored_dump.hpp"
#include "engines/postgres/restore/target_state.hpp"

namespace ds::engines::postgres {

/// Restores request.tables into a database that exists, among whatever else is there, in one
/// transaction: all of it happens or nothing. Tables of the same name are Code::exists, or replaced
/// when `replace`; those that something else depends on cannot be replaced (Code::conflict, naming
/// it).
Result<RestoreReport> restore_tables(PartReader& backup, const StoredDump& dump,
                                     const RestoreRequest& request, const ConnectionInfo& info,
                                     const TargetState& target, const sys::Run& run);

}  // namespace ds::engines::postgres
