#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/plan.hpp"
#include "policy/zone.hpp"

namespace ds::policy {

using Rules = model::Retention;

/// Code::invalid names the rule that is out of its limits.
Status check(const Rules& rules);

/// A backup that retention decides about.
struct Candidate {
    std::string id;
    TimePoint taken;
    std::uint64_t bytes = 0;
    bool good = false;  // complete, and no proof of it failed
    std::string apart;  // why it counts for no rule although it is good; "" = it counts
    bool pinned = false;
    std::optional<TimePoint> locked_until;
    std::optional<std::string> parent;  // the backup that this one cannot be restored without
};

struct Decision {
    std::string id;
    bool keep = true;
    std::vector<std::string> reasons;  // never empty: "daily of 2026-11-22", "needed by b7"
};

constexpr std::size_t candidates_max = 100'000;

/// Decides about each candidate, in the order they came in; the same whatever that order is.
/// Whatever the rules say:
/// - the newest good backup stays, and so do pinned ones and those locked beyond `now`;
/// - what a kept one needs stays, through the whole chain;
/// - a backup that is not good, stands apart, or whose chain is broken, counts for no rule and no
/// size; it goes
///   once a newer good one exists and it is more than 7 days old;
/// - one from the future counts for no rule and stays: some clock is wrong.
/// Code::invalid: rules out of their limits, two candidates of one id, too many.
Result<std::vector<Decision>> decide(const Rules& rules, const std::vector<Candidate>& candidates,
                                     TimePoint now, const Zone& zone);

/// Why pruning must not go on without a person's word, or nothing: the listing is partial, a clock
/// looks wrong, or more than half of all (and at least 5) would go at once.
std::optional<std::string> anomaly(const std::vector<Decision>& decisions,
                                   const std::vector<Candidate>& candidates, TimePoint now,
                                   bool listing_is_partial);

}  // namespace ds::policy
