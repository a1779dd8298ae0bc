#pragma once

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/restore/restore_plan.hpp"
#include "engines/postgres/restore/stored_dump.hpp"
#include "engines/postgres/restore/target_state.hpp"

namespace ds::engines::postgres {

/// What restore_tables() is going to do. `in_the_way`: tables that are there and are replaced.
struct TablesPlan {
    RestorePlan plan;
    std::vector<std::string> in_the_way;
};
Result<TablesPlan> plan_tables(Connection& connection, const StoredDump& dump,
                               const RestoreRequest& request, const TargetState& target,
                               const sys::Run& run);

/// Restores request.tables into a database that exists, among whatever else is there, in one
/// transaction: all of it happens or nothing. Tables of the same name are Code::exists, or replaced
/// when `replace`; those that something else depends on cannot be replaced (Code::conflict, naming
/// it).
Result<RestoreReport> restore_tables(PartReader& backup, const StoredDump& dump,
                                     const RestoreRequest& request, const ConnectionInfo& info,
                                     const TargetState& target, const sys::Run& run);

}  // namespace ds::engines::postgres
