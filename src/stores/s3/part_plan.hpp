#pragma once

#include <cstdint>

#include "stores/s3/config.hpp"

namespace ds::stores::s3 {

constexpr unsigned parts_max = 10'000;  // of one upload, everywhere

/// How an upload is cut. Sizes are fixed before it begins, as some servers want equal parts; where
/// they need not be equal, the last 2,000 numbers are larger, so that a bad estimate does not end
/// an upload.
struct PartPlan {
    std::uint64_t first_bytes = 0;
    bool grows = false;
    /// `number` counts from 1.
    std::uint64_t bytes_of(unsigned number) const;
    std::uint64_t capacity() const;
};

/// `bytes_estimate` 0 = unknown.
PartPlan plan_parts(std::uint64_t bytes_estimate, const Config& config);

}  // namespace ds::stores::s3
