#pragma once

#include "jobs/service/office.hpp"

namespace ds::jobs {

/// Lets go of audit rows that are older than their organization keeps them. Returns how many went;
/// a bounded number at once, the rest with the next round.
Result<std::uint64_t> trim_audits(const Office& office);

}  // namespace ds::jobs
