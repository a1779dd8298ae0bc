#pragma once

#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/restore/stored_dump.hpp"
#include "sys/run.hpp"

/// Questions to a restored database, for a superuser.
namespace ds::engines::postgres {

/// The facts of a restored database, as quickly as that goes: rows hashed over `jobs` sessions when
/// `contents`, else not looked at.
Result<Facts> facts_of_restored(const ConnectionInfo& info, const Facts& expected, bool contents,
                                unsigned jobs, const sys::Run& run);

/// Every large object, by its bytes.
Result<Check> compare_large_objects(Connection& connection, const DumpIndex& index);

/// Constraints that are not valid though the backup does not say so, and indexes that are not.
Result<Check> check_validity(Connection& connection, const Toc& toc);

/// amcheck: that every B-tree index finds every row of its table, and that tables are sound.
/// Creates the extension, so it comes last.
Result<std::vector<Check>> check_storage(const ConnectionInfo& info, unsigned jobs,
                                         const sys::Run& run);

}  // namespace ds::engines::postgres
