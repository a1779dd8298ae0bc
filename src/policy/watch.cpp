#include "policy/watch.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::policy {
namespace {

constexpr std::size_t sizes_needed = 3;
constexpr std::size_t sizes_max = 100;
constexpr std::chrono::seconds grace_max = std::chrono::days{366};

/// The first run after `after` that should have left a copy by now.
std::optional<TimePoint> unanswered(const Expected& expected, TimePoint after, TimePoint now) {
    const auto run = expected.schedule.next(after, expected.zone);
    return run && *run < now - std::min(expected.grace, grace_max) ? run : std::nullopt;
}

std::optional<Finding> look_for_copy(const Expected& expected, const Actual& actual,
                                     TimePoint now) {
    const auto copy = actual.newest_copy;
    // A copy from the future would keep everything quiet until then.
    if (copy && *copy > now)
        return Finding{FindingKind::overdue,
                       fmt::format("The newest copy is from the future ({}): a clock is wrong, and "
                                   "nobody can tell what is overdue.",
                                   rfc3339(*copy))};
    const auto run =
        unanswered(expected, copy ? std::max(*copy, expected.since) : expected.since, now);
    if (!run) return {};
    if (!copy)
        return Finding{FindingKind::missing,
                       fmt::format("There is no copy, though a run was due at {}.", rfc3339(*run))};
    return Finding{FindingKind::overdue,
                   fmt::format("The run of {} left no copy; the newest is of {}.", rfc3339(*run),
                               rfc3339(*copy))};
}

std::uint64_t median(std::vector<std::uint64_t> sizes) {
    std::sort(sizes.begin(), sizes.end());
    const auto upper = sizes[sizes.size() / 2], lower = sizes[(sizes.size() - 1) / 2];
    return lower + (upper - lower) / 2;
}

std::optional<Finding> look_at_sizes(const std::vector<std::uint64_t>& sizes) {
    if (sizes.empty()) return {};
    const auto newest = sizes.front();
    if (newest == 0) return Finding{FindingKind::shrinking, "The newest backup is empty."};
    const auto count = std::min(sizes.size() - 1, sizes_max);
    if (count < sizes_needed) return {};
    const auto begin = sizes.begin() + 1;
    const auto usual = median({begin, begin + static_cast<std::ptrdiff_t>(count)});
    if (newest >= usual || usual - newest <= newest) return {};
    return Finding{FindingKind::shrinking,
                   fmt::format("The newest backup has {}, those before it usually {}.",
                               human_bytes(newest), human_bytes(usual))};
}

}  // namespace

std::string_view name_of(FindingKind kind) {
    switch (kind) {
        case FindingKind::overdue: return "overdue";
        case FindingKind::shrinking: return "shrinking";
        case FindingKind::missing: return "missing";
    }
    return "?";
}

std::vector<Finding> watch(const Expected& expected, const Actual& actual, TimePoint now) {
    std::vector<Finding> findings;
    if (auto finding = look_for_copy(expected, actual, now))
        findings.push_back(std::move(*finding));
    if (auto finding = look_at_sizes(actual.sizes)) findings.push_back(std::move(*finding));
    return findings;
}

}  // namespace ds::policy
