#include "stores/s3/part_plan.hpp"

#include <algorithm>

namespace ds::stores::s3 {
namespace {

constexpr std::uint64_t part_bytes_min = 8 * MiB;
constexpr std::uint64_t part_bytes_unknown = 16 * MiB;
constexpr std::uint64_t part_bytes_max = 5 * GiB;
// Estimates come from the size of the database; a third more than estimated still fits without
// growing.
constexpr std::uint64_t parts_planned = 7'500;
constexpr unsigned grow_after = 8'000;
constexpr unsigned grow_again_after = 9'000;

}  // namespace

std::uint64_t PartPlan::bytes_of(unsigned number) const {
    std::uint64_t bytes = first_bytes;
    if (grows && number > grow_after) bytes *= 4;
    if (grows && number > grow_again_after) bytes *= 4;
    return std::min(bytes, part_bytes_max);
}

std::uint64_t PartPlan::capacity() const {
    return grow_after * bytes_of(1) + (grow_again_after - grow_after) * bytes_of(grow_again_after) +
           (parts_max - grow_again_after) * bytes_of(parts_max);
}

PartPlan plan_parts(std::uint64_t bytes_estimate, const Config& config) {
    if (config.part_bytes != 0) return {config.part_bytes, !config.equal_parts};
    if (bytes_estimate == 0) return {part_bytes_unknown, !config.equal_parts};
    const auto needed = bytes_estimate / parts_planned / MiB * MiB + MiB;
    return {std::clamp(needed, part_bytes_min, part_bytes_max), !config.equal_parts};
}

}  // namespace ds::stores::s3
