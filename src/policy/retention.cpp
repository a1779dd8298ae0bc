#include "policy/retention.hpp"

#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "policy/pruning/sorting.hpp"

namespace ds::policy {
namespace {

constexpr std::uint32_t count_max = 100'000;
constexpr std::uint32_t days_max = 36'500;

}  // namespace

Status check(const Rules& rules) {
    struct Limit {
        std::string_view name;
        std::uint32_t value;
        std::uint32_t max;
    };
    const std::array limits{Limit{"keep_last", rules.keep_last, count_max},
                            Limit{"keep_days", rules.keep_days, days_max},
                            Limit{"daily", rules.daily, days_max},
                            Limit{"weekly", rules.weekly, days_max},
                            Limit{"monthly", rules.monthly, days_max},
                            Limit{"yearly", rules.yearly, days_max}};
    for (const auto& limit : limits) {
        if (limit.value > limit.max)
            return fail(Code::invalid,
                        fmt::format("{}: {} is more than {}", limit.name, limit.value, limit.max),
                        "Write 0 to turn the rule off.");
    }
    return {};
}

Result<std::vector<Decision>> decide(const Rules& rules, const std::vector<Candidate>& candidates,
                                     TimePoint now, const Zone& zone) {
    DS_DO(check(rules));
    if (candidates.size() > candidates_max)
        return fail(Code::invalid,
                    fmt::format("{} backups are more than retention decides about at once",
                                human_count(candidates.size())));
    DS_TRY(const auto chains, Chains::of(candidates));
    return Sorting{rules, candidates, chains, now, zone}.sort();
}

}  // namespace ds::policy
