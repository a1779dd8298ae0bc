#include <algorithm>

#include "policy/chance.hpp"
#include "policy/schedule.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;

/// The newest run in (after, until]. Looks back in growing steps, so that a year of downtime is not
/// walked through minute by minute.
std::optional<TimePoint> newest_run(const Schedule& schedule, const Zone& zone, TimePoint after,
                                    TimePoint until) {
    for (TimePoint::duration reach = 1h;; reach *= 2) {
        const bool whole = until - after <= reach;
        auto run = schedule.next(whole ? after : until - reach, zone);
        if (!run || *run > until) {
            if (whole) return {};
            continue;
        }
        for (;;) {
            const auto later = schedule.next(*run, zone);
            if (!later || *later > until) return run;
            run = later;
        }
    }
}

}  // namespace

std::chrono::seconds jitter(std::string_view plan_id, std::chrono::seconds window) {
    const auto size = static_cast<std::uint64_t>(std::clamp(window, 0s, jitter_max).count());
    return std::chrono::seconds{chance_below(plan_id, size)};
}

std::optional<DueRun> due(const Schedule& schedule, const Zone& zone, TimePoint last_scheduled,
                          TimePoint now, std::chrono::seconds delay) {
    const auto until = now - std::clamp(delay, 0s, jitter_max);
    // Nothing of ours was made before 1970, and from there all differences fit.
    last_scheduled = std::max(last_scheduled, TimePoint{});
    if (until <= last_scheduled) return {};
    const auto newest = newest_run(schedule, zone, last_scheduled, until);
    if (!newest) return {};
    DueRun result{*newest};
    for (auto run = schedule.next(last_scheduled, zone);
         run && *run < *newest && result.missed < missed_max; run = schedule.next(*run, zone))
        ++result.missed;
    return result;
}

}  // namespace ds::policy
