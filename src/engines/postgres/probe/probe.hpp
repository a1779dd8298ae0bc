#pragma once

#include "engines/engine.hpp"

namespace ds::engines::postgres {

/// Connection, version, client tools, rights: what a backup of this database stands on.
Result<Probe> probe(const DumpRequest& request, const sys::Run& run);

/// SQL for a role of that name which may read everything and nothing more. For an administrator to
/// run; the password is a placeholder.
std::string role_sql(const std::string& role, const std::string& database, int server_major);

}  // namespace ds::engines::postgres
