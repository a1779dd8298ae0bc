#pragma once

#include <cstdint>

namespace ds::sys {

/// Bytes of memory that this process may count on: the machine's, or the smaller limit of the
/// control group that it runs in.
std::uint64_t memory_of_machine();

}  // namespace ds::sys
