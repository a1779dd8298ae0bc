#include "policy/backoff.hpp"

#include <algorithm>
#include <string>

#include "policy/chance.hpp"

namespace ds::policy {

std::chrono::seconds retry_wait(unsigned attempt, std::string_view seed) {
    std::chrono::seconds wait{30};
    for (unsigned i = 1; i < attempt && wait < retry_wait_max; ++i) wait *= 4;
    wait = std::min(wait, retry_wait_max);
    const auto text = std::string{seed} + "#" + std::to_string(attempt);
    const auto fifth = static_cast<std::uint64_t>(wait.count() / 5);
    return wait - std::chrono::seconds{chance_below(text, fifth + 1)};
}

}  // namespace ds::policy
