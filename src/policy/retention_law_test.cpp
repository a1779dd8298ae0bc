#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "policy/pruning/period.hpp"
#include "policy/retention.hpp"
#include "policy/testing/times.hpp"

/// The laws of retention, against whatever candidates chance brings.
namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const auto now = testing::at("2026-11-23T09:00Z");

int number(int first, int last) { return *rc::gen::inRange(first, last + 1); }
bool one_in(int count) { return number(1, count) == 1; }

std::vector<Candidate> any_candidates(bool with_parents) {
    std::vector<Candidate> list;
    const auto count = number(0, 40);
    const auto id = [](int i) { return "b" + std::to_string(i); };
    for (int i = 0; i < count; ++i) {
        auto& candidate = list.emplace_back();
        candidate.id = id(i);
        candidate.taken = now - number(0, 24 * 30) * (one_in(3) ? 24h : 1h);
        if (one_in(20)) candidate.taken = now + 5h;
        candidate.bytes = static_cast<std::uint64_t>(number(0, 100));
        candidate.good = !one_in(5);
        candidate.pinned = one_in(15);
        if (one_in(15)) candidate.locked_until = now + number(-5, 5) * 1h;
        // Mostly one that came before it, sometimes any or none that there is.
        if (with_parents && one_in(2)) candidate.parent = id(number(0, one_in(8) ? 50 : i));
    }
    return list;
}

Rules any_rules() {
    const auto some = [] { return one_in(2) ? static_cast<std::uint32_t>(number(0, 6)) : 0; };
    Rules rules{some(), some(), some(), some(), some(), some(), 0};
    if (one_in(2)) rules.bytes_max = static_cast<std::uint64_t>(number(1, 1500));
    return rules;
}

bool all_off(const Rules& rules) {
    return rules.keep_last + rules.keep_days + rules.daily + rules.weekly + rules.monthly +
               rules.yearly ==
           0;
}

/// A list with what was decided about it, and the questions that laws ask.
struct World {
    Rules rules;
    std::vector<Candidate> list;
    Zone zone = testing::zone(*rc::gen::element<std::string>("UTC", "Pacific/Apia"));
    std::vector<Decision> decisions = decide(rules, list, now, zone).value();

    const Candidate* find(const std::string& id) const {
        const auto found = std::find_if(list.begin(), list.end(),
                                        [&](const auto& candidate) { return candidate.id == id; });
        return found == list.end() ? nullptr : &*found;
    }
    bool kept(const std::string& id) const {
        return std::any_of(decisions.begin(), decisions.end(),
                           [&](const auto& d) { return d.id == id && d.keep; });
    }
    bool restorable(const Candidate& candidate) const {
        const auto* at = &candidate;
        for (std::size_t steps = 0; steps <= list.size(); ++steps) {
            if (at == nullptr || !at->good) return false;
            if (!at->parent) return true;
            at = find(*at->parent);
        }
        return false;  // a circle
    }
    bool counts(const Candidate& candidate) const {
        return restorable(candidate) && candidate.taken <= now;
    }
    bool lawful(const Candidate& candidate) const {
        return candidate.pinned || candidate.taken > now || &candidate == newest_good() ||
               (candidate.locked_until && *candidate.locked_until > now);
    }
    bool needed(const Candidate& candidate) const {
        return std::any_of(list.begin(), list.end(), [&](const auto& other) {
            return other.parent == candidate.id && kept(other.id);
        });
    }
    const Candidate* newest_good() const {
        const Candidate* newest = nullptr;
        for (const auto& candidate : list) {
            if (counts(candidate) && (newest == nullptr || std::tie(candidate.taken, candidate.id) >
                                                               std::tie(newest->taken, newest->id)))
                newest = &candidate;
        }
        return newest;
    }
};

void law(const char* name, bool with_parents, const std::function<void(const World&)>& holds) {
    EXPECT_TRUE(rc::check(name, [&] { holds(World{any_rules(), any_candidates(with_parents)}); }));
}

TEST(RetentionLaw, every_candidate_gets_a_decision_with_a_reason) {
    law("reasons", true, [](const World& world) {
        RC_ASSERT(world.decisions.size() == world.list.size());
        for (std::size_t i = 0; i < world.list.size(); ++i) {
            RC_ASSERT(world.decisions[i].id == world.list[i].id);
            RC_ASSERT(!world.decisions[i].reasons.empty());
        }
    });
}

TEST(RetentionLaw, the_newest_good_one_stays) {
    law("newest", true, [](const World& world) {
        const auto* newest = world.newest_good();
        if (newest != nullptr) RC_ASSERT(world.kept(newest->id));
        // Also the newest that says it is good, whatever its chain is worth.
        const auto claims = std::max_element(
            world.list.begin(), world.list.end(), [](const auto& a, const auto& b) {
                return std::tie(a.good, a.taken, a.id) < std::tie(b.good, b.taken, b.id);
            });
        if (claims != world.list.end() && claims->good) RC_ASSERT(world.kept(claims->id));
    });
}

TEST(RetentionLaw, what_a_kept_one_needs_stays) {
    law("parents", true, [](const World& world) {
        for (const auto& candidate : world.list) {
            if (world.needed(candidate)) RC_ASSERT(world.kept(candidate.id));
        }
    });
}

TEST(RetentionLaw, pinned_locked_and_future_ones_stay) {
    law("lawful", true, [](const World& world) {
        for (const auto& candidate : world.list) {
            if (world.lawful(candidate)) RC_ASSERT(world.kept(candidate.id));
        }
    });
}

TEST(RetentionLaw, what_is_not_good_goes_only_after_a_week_and_behind_a_good_one) {
    law("not good", true, [](const World& world) {
        for (const auto& candidate : world.list) {
            if (world.restorable(candidate) || world.kept(candidate.id)) continue;
            RC_ASSERT(candidate.taken < now - days{7});
            RC_ASSERT(world.newest_good() != nullptr);
            RC_ASSERT(world.newest_good()->taken >= candidate.taken);
        }
    });
}

TEST(RetentionLaw, what_is_not_good_never_displaces_a_good_one) {
    law("displace", true, [](const World& world) {
        auto rules = world.rules;
        rules.bytes_max = 0;
        std::vector<Candidate> good_ones;
        std::copy_if(world.list.begin(), world.list.end(), std::back_inserter(good_ones),
                     [&](const auto& candidate) { return world.restorable(candidate); });
        const World all{rules, world.list, world.zone};
        const auto decisions = decide(rules, good_ones, now, world.zone).value();
        for (const auto& decision : decisions)
            if (decision.keep) RC_ASSERT(all.kept(decision.id));
    });
}

TEST(RetentionLaw, without_rules_everything_stays) {
    EXPECT_TRUE(rc::check([] {
        const World world{Rules{}, any_candidates(true)};
        for (const auto& decision : world.decisions) RC_ASSERT(decision.keep);
    }));
}

TEST(RetentionLaw, the_order_of_the_list_does_not_matter) {
    law("order", true, [](const World& world) {
        auto turned = world.list;
        std::rotate(turned.begin(), turned.begin() + number(0, static_cast<int>(turned.size())),
                    turned.end());
        if (one_in(2)) std::reverse(turned.begin(), turned.end());
        const World other{world.rules, turned, world.zone};
        for (const auto& candidate : turned)
            RC_ASSERT(world.kept(candidate.id) == other.kept(candidate.id));
    });
}

TEST(RetentionLaw, deciding_again_removes_nothing_more) {
    law("again", true, [](const World& world) {
        auto left = world.list;
        std::erase_if(left, [&](const auto& candidate) { return !world.kept(candidate.id); });
        const auto decisions = decide(world.rules, left, now, world.zone).value();
        for (const auto& decision : decisions) RC_ASSERT(decision.keep);
    });
}

TEST(RetentionLaw, the_size_limit_holds_unless_laws_forbid) {
    law("size", true, [](const World& world) {
        std::uint64_t bytes = 0;
        bool more_could_go = false;
        for (const auto& candidate : world.list) {
            if (!world.kept(candidate.id) || !world.counts(candidate)) continue;
            bytes += candidate.bytes;
            more_could_go = more_could_go || (!world.lawful(candidate) && !world.needed(candidate));
        }
        if (world.rules.bytes_max > 0 && bytes > world.rules.bytes_max) RC_ASSERT(!more_could_go);
    });
}

TEST(RetentionLaw, the_size_limit_takes_the_oldest_first) {
    law("oldest", false, [](const World& world) {
        auto unlimited = world.rules;
        unlimited.bytes_max = 0;
        const World before{unlimited, world.list, world.zone};
        for (const auto& gone : world.list) {
            if (world.kept(gone.id) || !before.kept(gone.id)) continue;
            for (const auto& candidate : world.list) {
                const bool could_go = world.counts(candidate) && !world.lawful(candidate);
                if (could_go && world.kept(candidate.id)) RC_ASSERT(candidate.taken >= gone.taken);
            }
        }
    });
}

/// Whether one of `count` periods keeps `candidate`: counted the slow way.
bool period_keeps(const World& world, const Candidate& candidate, Period period,
                  std::uint32_t count) {
    const auto name = [&](const auto& of) {
        return period_name(period, world.zone.wall(of.taken));
    };
    std::set<std::string> newer;
    for (const auto& other : world.list) {
        if (world.counts(other) &&
            std::tie(other.taken, other.id) > std::tie(candidate.taken, candidate.id))
            newer.insert(name(other));
    }
    return !newer.contains(name(candidate)) && newer.size() < count;
}

TEST(RetentionLaw, rules_keep_what_the_slow_model_keeps) {
    law("model", false, [](const World& drawn) {
        auto rules = drawn.rules;
        rules.bytes_max = 0;
        if (all_off(rules)) return;
        const World world{rules, drawn.list, drawn.zone};
        for (const auto& candidate : world.list) {
            if (!world.counts(candidate) || world.lawful(candidate)) continue;
            const auto newer =
                std::count_if(world.list.begin(), world.list.end(), [&](const auto& other) {
                    return world.counts(other) && std::tie(other.taken, other.id) >
                                                      std::tie(candidate.taken, candidate.id);
                });
            const bool keep =
                newer < rules.keep_last ||
                (rules.keep_days > 0 && now - candidate.taken <= days{rules.keep_days}) ||
                period_keeps(world, candidate, Period::day, rules.daily) ||
                period_keeps(world, candidate, Period::week, rules.weekly) ||
                period_keeps(world, candidate, Period::month, rules.monthly) ||
                period_keeps(world, candidate, Period::year, rules.yearly);
            RC_ASSERT(world.kept(candidate.id) == keep);
        }
    });
}

}  // namespace
}  // namespace ds::policy
