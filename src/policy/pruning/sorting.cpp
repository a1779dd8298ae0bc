#include "policy/pruning/sorting.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::policy {
namespace {

/// How long something that went wrong stays for a look at it.
constexpr auto not_good_stays = std::chrono::days{7};
/// Sizes are what a store said: taken as at most this (184 TB), any sum of them fits.
constexpr auto bytes_max_each = std::numeric_limits<std::uint64_t>::max() / candidates_max;

bool all_off(const Rules& rules) {
    return rules.keep_last == 0 && rules.keep_days == 0 && rules.daily == 0 && rules.weekly == 0 &&
           rules.monthly == 0 && rules.yearly == 0;
}

std::uint64_t size_of(const Candidate& candidate) {
    return std::min(candidate.bytes, bytes_max_each);
}

}  // namespace

Sorting::Sorting(const Rules& rules, const std::vector<Candidate>& candidates, const Chains& chains,
                 TimePoint now, const Zone& zone)
    : rules_{rules}, all_{candidates}, chains_{chains}, now_{now}, zone_{zone} {
    for (const auto& candidate : all_) decisions_.push_back({candidate.id, false, {}});
    lawful_.resize(all_.size());
    needed_by_.resize(all_.size());
    by_age_.resize(all_.size());
    std::iota(by_age_.begin(), by_age_.end(), Place{0});
    std::sort(by_age_.begin(), by_age_.end(), [&](Place a, Place b) { return newer(a, b); });
    std::copy_if(by_age_.begin(), by_age_.end(), std::back_inserter(counted_),
                 [&](Place at) { return counts(at); });
}

std::vector<Decision> Sorting::sort() {
    keep_by_law();
    keep_not_good();
    keep_by_rule();
    hold_parents();
    if (rules_.bytes_max > 0) remove_beyond_size();
    tell_who_needs();
    tell_why_it_goes();
    return std::move(decisions_);
}

bool Sorting::newer(Place a, Place b) const {
    // The id decides between equals, never the order of the list.
    return std::tie(all_[a].taken, all_[a].id) > std::tie(all_[b].taken, all_[b].id);
}

void Sorting::keep(Place at, std::string reason) {
    decisions_[at].keep = true;
    decisions_[at].reasons.push_back(std::move(reason));
}

void Sorting::keep_lawfully(Place at, std::string reason) {
    lawful_[at] = true;
    keep(at, std::move(reason));
}

void Sorting::keep_by_law() {
    if (!counted_.empty()) keep_lawfully(counted_.front(), "newest good backup");
    for (const auto at : by_age_) {
        const auto& candidate = all_[at];
        if (candidate.pinned) keep_lawfully(at, "pinned");
        if (candidate.locked_until && *candidate.locked_until > now_)
            keep_lawfully(at, "locked until " + rfc3339(*candidate.locked_until));
        if (in_future(at)) keep_lawfully(at, "from the future: a clock is wrong");
    }
}

void Sorting::keep_not_good() {
    for (const auto at : by_age_) {
        if (counts(at) || in_future(at)) continue;
        const auto what = why_not_counted(at);
        if (counted_.empty() || !newer(counted_.front(), at))
            keep_lawfully(at, fmt::format("{}, but there is no newer good one", what));
        else if (all_[at].taken >= now_ - not_good_stays)
            keep_lawfully(at, fmt::format("{}, stays for {} days", what, not_good_stays.count()));
    }
}

std::string_view Sorting::why_not_counted(Place at) const {
    if (!all_[at].good) return "not good";
    if (!all_[at].apart.empty()) return all_[at].apart;
    return "its chain is broken";
}

void Sorting::keep_by_rule() {
    if (all_off(rules_)) {
        for (const auto at : by_age_) keep(at, "no rule says how long backups stay");
        return;
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(rules_.keep_last, counted_.size()); ++i)
        keep(counted_[i], fmt::format("one of the last {}", rules_.keep_last));
    for (const auto at : counted_) {
        if (rules_.keep_days > 0 && all_[at].taken >= now_ - std::chrono::days{rules_.keep_days})
            keep(at, fmt::format("not older than {} days", rules_.keep_days));
    }
    keep_periods(Period::day, "daily", rules_.daily);
    keep_periods(Period::week, "weekly", rules_.weekly);
    keep_periods(Period::month, "monthly", rules_.monthly);
    keep_periods(Period::year, "yearly", rules_.yearly);
}

void Sorting::keep_periods(Period period, std::string_view word, std::uint32_t count) {
    std::string previous;
    for (const auto at : counted_) {
        if (count == 0) return;
        // Newest first, so the first of each period is its newest.
        const auto name = period_name(period, zone_.wall(all_[at].taken));
        if (name == previous) continue;
        keep(at, fmt::format("{} of {}", word, name));
        previous = name;
        --count;
    }
}

void Sorting::hold_parents() {
    std::vector<Place> to_follow;
    std::copy_if(by_age_.begin(), by_age_.end(), std::back_inserter(to_follow),
                 [&](Place at) { return decisions_[at].keep; });
    while (!to_follow.empty()) {
        const auto parent = chains_.parent(to_follow.back());
        to_follow.pop_back();
        if (!parent) continue;
        ++needed_by_[*parent];
        if (decisions_[*parent].keep) continue;
        decisions_[*parent].keep = true;
        to_follow.push_back(*parent);
    }
}

void Sorting::remove_beyond_size() {
    const auto older = [this](Place a, Place b) { return newer(b, a); };
    std::set<Place, decltype(older)> removable{older};
    for (const auto at : counted_) {
        if (!decisions_[at].keep) continue;
        kept_bytes_ += size_of(all_[at]);
        freed_.push_back(at);
    }
    while (true) {
        for (const auto at : freed_) {
            if (counts(at) && !lawful_[at] && needed_by_[at] == 0) removable.insert(at);
        }
        freed_.clear();
        if (kept_bytes_ <= rules_.bytes_max || removable.empty()) return;
        const auto oldest = removable.extract(removable.begin()).value();
        decisions_[oldest] = {
            all_[oldest].id, false, {"over the limit of " + human_bytes(rules_.bytes_max)}};
        kept_bytes_ -= size_of(all_[oldest]);
        let_go_of_parent(oldest);
    }
}

void Sorting::let_go_of_parent(Place child) {
    for (auto parent = chains_.parent(child); parent; parent = chains_.parent(*parent)) {
        if (--needed_by_[*parent] > 0) return;
        if (!decisions_[*parent].reasons.empty()) return freed_.push_back(*parent);
        // Only its children held it: it goes, and what it needed may go too.
        decisions_[*parent].keep = false;
        if (counts(*parent)) kept_bytes_ -= size_of(all_[*parent]);
    }
}

void Sorting::tell_who_needs() {
    std::vector<std::optional<Place>> newest_child(all_.size());
    for (const auto at : by_age_) {
        const auto parent = chains_.parent(at);
        if (decisions_[at].keep && parent && !newest_child[*parent]) newest_child[*parent] = at;
    }
    for (const auto at : by_age_) {
        if (!newest_child[at]) continue;
        auto reason = "needed by " + all_[*newest_child[at]].id;
        if (needed_by_[at] > 1) reason += fmt::format(" and {} more", needed_by_[at] - 1);
        keep(at, std::move(reason));
    }
}

void Sorting::tell_why_it_goes() {
    for (const auto at : by_age_) {
        auto& decision = decisions_[at];
        if (decision.keep || !decision.reasons.empty()) continue;
        decision.reasons.push_back(
            counts(at) ? std::string{"older than all rules"}
                       : fmt::format("{}, a newer one is good", why_not_counted(at)));
    }
}

}  // namespace ds::policy
