#pragma once

#include <chrono>
#include <string>

#include "catalog/catalog.hpp"

namespace ds::catalog {

using Time = std::chrono::system_clock::time_point;

/// Something that one server at a time does for all. True when `holder` has it until now + `term`:
/// it had it, nobody had it, or whoever had it did not renew it in time.
Result<bool> take_lease(Catalog& catalog, const std::string& name, const std::string& holder,
                        Time now, std::chrono::seconds term);
/// Gives it back, so that the next one need not wait for its end.
Status give_lease(Catalog& catalog, const std::string& name, const std::string& holder);

}  // namespace ds::catalog
