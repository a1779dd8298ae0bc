#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/dump_format/toc_edit.hpp"
#include "engines/postgres/restore/restore_objects.hpp"
#include "engines/postgres/restore/stored_dump.hpp"
#include "engines/postgres/restore/target_state.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::engines::postgres {

/// What a restore is going to do, fitted to the target's roles and extensions.
struct RestorePlan {
    Stages stages;
    std::vector<Span> spans;         // the data that belongs to it
    std::vector<TableName> tables;   // when tables were chosen
    std::vector<TocEntry> database;  // about the database itself: grants, comment, settings
    Tool pg_restore;
    std::vector<std::string> notes;  // what is not as in the backup

    std::uint64_t bytes() const;
    std::uint64_t table_count() const;
};

/// Says whether an object that chosen tables need, but that is not theirs, is to be created too.
using NeedsCreating = std::function<Result<bool>(const TocEntry&)>;

/// Fails, before anything was changed, when the target cannot take it: extensions that are not
/// installed, roles of the map that do not exist, tables that the backup does not have.
Result<RestorePlan> plan_restore(const StoredDump& dump, const RestoreRequest& request,
                                 const TargetState& target, const NeedsCreating& needs_creating,
                                 const sys::Run& run);

}  // namespace ds::engines::postgres
