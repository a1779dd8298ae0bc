#include "catalog/tables.hpp"

#include "sys/random.hpp"

namespace ds::catalog {

std::string new_id(std::chrono::system_clock::time_point now) { return sys::make_ulid(now); }

}  // namespace ds::catalog
