#pragma once

#include <optional>

#include "policy/cron/cron.hpp"
#include "policy/zone.hpp"

namespace ds::policy {

/// Where cron's wall clock meets the zone: the first run at or after `from` and before `end`, with
/// the rules for gaps and for times that come twice that `Schedule` promises.
std::optional<Instant> next_run(const Cron& cron, const Zone& zone, Instant from, Instant end);

}  // namespace ds::policy
