#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policy/pruning/chain.hpp"
#include "policy/pruning/period.hpp"
#include "policy/retention.hpp"

namespace ds::policy {

/// One decision in the making. Laws say what must stay, rules what should; the chain holds what
/// those need; the size cap takes away from what only rules hold. Everything it is given must
/// outlive it.
class Sorting {
public:
    Sorting(const Rules& rules, const std::vector<Candidate>& candidates, const Chains& chains,
            TimePoint now, const Zone& zone);

    /// To be called once.
    std::vector<Decision> sort();

private:
    using Place = std::size_t;

    bool in_future(Place at) const { return all_[at].taken > now_; }
    bool counts(Place at) const {
        return chains_.restorable()[at] && all_[at].apart.empty() && !in_future(at);
    }
    std::string_view why_not_counted(Place at) const;
    bool newer(Place a, Place b) const;
    void keep(Place at, std::string reason);
    void keep_lawfully(Place at, std::string reason);

    void keep_by_law();
    void keep_not_good();
    void keep_by_rule();
    void keep_periods(Period period, std::string_view word, std::uint32_t count);
    void hold_parents();
    void remove_beyond_size();
    void let_go_of_parent(Place child);
    void tell_who_needs();
    void tell_why_it_goes();

    const Rules& rules_;
    const std::vector<Candidate>& all_;
    const Chains& chains_;
    const TimePoint now_;
    const Zone& zone_;
    std::vector<Decision> decisions_;
    std::vector<Place> by_age_;           // newest first
    std::vector<Place> counted_;          // what rules and the size cap see, newest first
    std::vector<bool> lawful_;            // stays whatever the size cap says
    std::vector<std::size_t> needed_by_;  // how many kept ones have it as their parent
    std::vector<Place> freed_;            // not needed any more, to be looked at by the size cap
    std::uint64_t kept_bytes_ = 0;        // of counted ones
};

}  // namespace ds::policy
