#pragma once

#include "jobs/service/events.hpp"

namespace ds::jobs {

/// Tells of stores whose copies reach 90 % of their cap; again only after they fell below 85 %,
/// whatever several servers see at the same time. Returns how many were told of.
Result<std::size_t> watch_capacity(const Office& office, Events& events);

}  // namespace ds::jobs
