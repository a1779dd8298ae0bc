#pragma once

#include <chrono>
#include <string_view>

namespace ds::policy {

constexpr std::chrono::seconds retry_wait_max = std::chrono::hours{1};

/// How long to wait after the failed try number `attempt` (1 is the first): 30 s, 2 min, 8 min,
/// 32 min, then `retry_wait_max`. Up to a fifth less, so that what failed together does not come
/// back together: how much follows from `seed` (the run's id) and the attempt alone.
std::chrono::seconds retry_wait(unsigned attempt, std::string_view seed);

}  // namespace ds::policy
