#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/dump_format/toc.hpp"
#include "engines/postgres/restore/target_state.hpp"

/// What a dump says of the database itself, and pg_restore applies only when it creates it under
/// its old name.
namespace ds::engines::postgres {

/// Owner, grants, comment, security label and settings.
std::vector<TocEntry> database_entries(const Toc& toc);

/// Applies them to a database of any name, as far as the target allows. Returns what did not work,
/// for people. The roles in `entries` fit the target already, but for those of settings.
Result<std::vector<std::string>> apply_database_entries(
    Connection& maintenance, const std::string& database, const std::vector<TocEntry>& entries,
    const TargetState& target, const std::map<std::string, std::string>& role_map);

/// The statements of an entry for a database of another name, and with other roles in ALTER ROLE …
/// IN DATABASE. Those about the locale or being a template are left out.
Result<std::vector<std::string>> statements_for(const TocEntry& entry, const std::string& database,
                                                const std::map<std::string, std::string>& role_map);

}  // namespace ds::engines::postgres
