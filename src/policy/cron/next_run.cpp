#include "policy/cron/next_run.hpp"

#include <algorithm>

namespace ds::policy {
namespace {

using namespace std::chrono_literals;

/// No zone has moved its clocks by more than a day at once (Apia skipped 30 December 2011).
constexpr std::chrono::seconds shift_max = 25h;

/// The run that stands for the times that the gap between two stretches skipped.
std::optional<Instant> owed_run(const Cron& cron, const Stretch& before, const Stretch& after) {
    const auto gap_begin = before.wall(after.begin), gap_end = after.wall(after.begin);
    if (gap_end <= gap_begin) return {};
    const auto skipped = cron.first_from(gap_begin);
    if (!skipped || *skipped >= gap_end) return {};
    if (!cron.every_hour) return after.begin;
    const auto as_time_passes = before.instant(*skipped);
    const auto regular = cron.first_from(gap_end);
    if (regular && after.instant(*regular) <= as_time_passes) return {};
    return as_time_passes;
}

/// The first time that the wall clock shows in `stretch` at or after `from` and that counts.
std::optional<Instant> regular_run(const Cron& cron, const Stretch& before, const Stretch& stretch,
                                   Instant from) {
    auto wall = stretch.wall(from);
    // A fixed time that the clocks show again after going back had its run in the first pass.
    if (!cron.every_hour) wall = std::max(wall, before.wall(stretch.begin));
    const auto found = cron.first_from(wall);
    if (!found || stretch.instant(*found) >= stretch.end) return {};
    return stretch.instant(*found);
}

std::optional<Instant> run_within(const Cron& cron, const Zone& zone, const Stretch& stretch,
                                  Instant from) {
    // Far from a change of clocks there is nothing to make up for.
    if (from - stretch.begin > shift_max) return regular_run(cron, stretch, stretch, from);
    const auto before = zone.stretch_at(stretch.begin - 1s);
    const auto regular = regular_run(cron, before, stretch, from);
    const auto owed = owed_run(cron, before, stretch);
    if (!owed || *owed < from) return regular;
    return regular ? std::min(*regular, *owed) : owed;
}

}  // namespace

std::optional<Instant> next_run(const Cron& cron, const Zone& zone, Instant from, Instant end) {
    while (from < end) {
        const auto stretch = zone.stretch_at(from);
        const auto run = run_within(cron, zone, stretch, from);
        if (run) return *run < end ? run : std::nullopt;
        from = stretch.end;
    }
    return {};
}

}  // namespace ds::policy
