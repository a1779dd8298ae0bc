#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "policy/retention.hpp"

namespace ds::policy {
namespace {

/// Fewer than this may go at once, however few there are.
constexpr std::size_t removals_noticed = 5;

std::optional<std::string> wrong_clock(const std::vector<Candidate>& candidates, TimePoint now) {
    const auto newest =
        std::max_element(candidates.begin(), candidates.end(),
                         [](const auto& a, const auto& b) { return a.taken < b.taken; });
    if (newest == candidates.end() || newest->taken <= now) return {};
    const auto ahead = newest->taken - now;
    if (ahead > std::chrono::days{1})
        return fmt::format("the clock looks wrong: it stands {} before the newest backup, {}",
                           human_duration(ahead), newest->id);
    return fmt::format("the newest backup, {}, is from the future ({})", newest->id,
                       rfc3339(newest->taken));
}

}  // namespace

std::optional<std::string> anomaly(const std::vector<Decision>& decisions,
                                   const std::vector<Candidate>& candidates, TimePoint now,
                                   bool listing_is_partial) {
    if (listing_is_partial) return "the list of backups is not complete";
    if (auto clock = wrong_clock(candidates, now)) return clock;
    const auto removals = static_cast<std::size_t>(
        std::count_if(decisions.begin(), decisions.end(), [](const auto& d) { return !d.keep; }));
    if (removals >= removals_noticed && removals * 2 > decisions.size())
        return fmt::format("{} of {} backups would go at once", removals, decisions.size());
    return {};
}

}  // namespace ds::policy
