#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/postgres/connection/connection.hpp"

namespace ds::engines::postgres {

/// A database takes another's name, in one transaction.
struct Swap {
    std::string incoming;
    std::string target;  // the name to be taken
    std::string aside;   // what has it now is called so; "": nothing has it
    bool end_sessions = false;
    std::vector<std::string> also;  // statements of the same transaction, for the new names
};

/// All or nothing. Sessions in the way are ended if wanted, otherwise Code::conflict. Returns how
/// many were ended.
Result<std::uint64_t> swap_databases(Connection& maintenance, const Swap& swap);

}  // namespace ds::engines::postgres
