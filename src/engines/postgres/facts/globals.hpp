#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "engines/postgres/facts/facts.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::engines::postgres {

/// What belongs to the server and not to the database: roles with their passwords' hashes and
/// memberships, tablespaces, and this database's settings. SQL for psql.
struct Globals {
    std::string sql;
    std::vector<std::string> notes;  // what is not in it, and why
};

/// By pg_dumpall, followed by our own ALTER DATABASE … SET lines, which pg_dumpall leaves to
/// pg_dump.
Result<Globals> read_globals(Connection& connection, const Tool& pg_dumpall, const Facts& facts,
                             const std::stop_token& stop);

/// "ALTER DATABASE "shop" SET work_mem TO '64MB';" for each setting. Lists (search_path …) are
/// several values.
std::string settings_sql(const std::string& database, const std::vector<SettingFacts>& settings);

}  // namespace ds::engines::postgres
