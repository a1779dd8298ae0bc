#pragma once

#include "engines/engine.hpp"
#include "engines/postgres/physical/base_backup.hpp"

namespace ds::engines::postgres {

/// Writes a physical backup as a data directory that starts. Everything is fsynced before it
/// returns. On error what was written is taken away again, unless it cannot be.
Result<DirectoryReport> restore_directory(PartReader& backup, const DirectoryRequest& request,
                                          const sys::Run& run);

/// What a backup's facts say; Code::invalid when it is no physical one.
Result<BaseFacts> base_facts(const PartReader& backup);
bool is_physical(const PartReader& backup);

}  // namespace ds::engines::postgres
