#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "policy/retention.hpp"

namespace ds::policy {

/// Who needs whom among candidates, by their place in the list.
class Chains {
public:
    /// Code::invalid for an id that comes twice. A parent that is not in the list breaks the chain.
    static Result<Chains> of(const std::vector<Candidate>& candidates);

    std::optional<std::size_t> parent(std::size_t at) const { return parents_[at]; }
    /// Good, and so is everything that it needs; worked out without recursion, so that neither
    /// a long chain nor a circle does harm.
    const std::vector<bool>& restorable() const { return restorable_; }

private:
    std::vector<std::optional<std::size_t>> parents_;
    std::vector<bool> restorable_;
};

}  // namespace ds::policy
