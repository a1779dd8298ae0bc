#pragma once

#include "engines/postgres/connection/connection.hpp"

namespace ds::engines::postgres {

/// Whether everything that pg_dump will read can be read, asked before it starts: tables,
/// sequences, row level security, large objects. What cannot is named, with what to grant in the
/// hint (Code::denied).
Status check_privileges(Connection& connection);

}  // namespace ds::engines::postgres
