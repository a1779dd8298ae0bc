#pragma once

#include <chrono>
#include <string>

#include "base/bytes.hpp"

namespace ds::sys {

/// Bytes from the kernel's generator, fit for keys. Cannot fail on a kernel that has booted.
void fill_random(Room room);
Bytes random_bytes(std::size_t count);
/// Evenly from [0, bound); bound > 0.
std::uint64_t random_below(std::uint64_t bound);

/// A ULID (github.com/ulid/spec): 26 letters, sorts by time, 80 random bits.
std::string make_ulid(std::chrono::system_clock::time_point when);
bool is_ulid(std::string_view text);

}  // namespace ds::sys
