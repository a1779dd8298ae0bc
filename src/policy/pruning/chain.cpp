#include "policy/pruning/chain.hpp"

#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::policy {
namespace {

using Parents = std::vector<std::optional<std::size_t>>;

enum class Mark { unknown, walking, whole, broken };

/// Walks up from `at` to a backup whose mark is known or that decides it, then marks the way back.
void mark_chain(std::size_t at, const std::vector<Candidate>& candidates, const Parents& parents,
                std::vector<Mark>& marks) {
    std::vector<std::size_t> way;
    auto verdict = Mark::unknown;
    for (auto next = at; verdict == Mark::unknown;) {
        if (marks[next] == Mark::whole || marks[next] == Mark::broken) {
            verdict = marks[next];
        } else if (marks[next] == Mark::walking || !candidates[next].good) {
            verdict = Mark::broken;
            way.push_back(next);
        } else {
            marks[next] = Mark::walking;
            way.push_back(next);
            if (parents[next]) {
                next = *parents[next];
            } else {
                verdict = candidates[next].parent ? Mark::broken : Mark::whole;
            }
        }
    }
    for (const auto step : way) marks[step] = verdict;
}

}  // namespace

Result<Chains> Chains::of(const std::vector<Candidate>& candidates) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!places.emplace(candidates[i].id, i).second)
            return fail(Code::invalid, fmt::format("there are two backups with the id '{}'",
                                                   printable(candidates[i].id, 60)));
    }
    Chains chains;
    chains.parents_.resize(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (!candidates[i].parent) continue;
        const auto found = places.find(*candidates[i].parent);
        if (found != places.end()) chains.parents_[i] = found->second;
    }
    std::vector<Mark> marks(candidates.size(), Mark::unknown);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        mark_chain(i, candidates, chains.parents_, marks);
        chains.restorable_.push_back(marks[i] == Mark::whole);
    }
    return chains;
}

}  // namespace ds::policy
