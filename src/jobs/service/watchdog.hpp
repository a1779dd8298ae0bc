#pragma once

#include "jobs/service/duty.hpp"
#include "jobs/service/events.hpp"

namespace ds::jobs {

/// One round: compares what every plan promises with what its stores hold, by their own listings,
/// and raises an event for each finding that is new or a day old. Believes no row about a run or a
/// copy, so that it finds what the code that writes those rows got wrong; safety backups and those
/// in quarantine keep no promise. Returns the findings.
Result<std::size_t> watch_stores(const Office& office, Events& events, const sys::Run& run);

/// Goes round again and again.
class Watchdog {
public:
    Watchdog(const Office& office, Events& events, std::chrono::seconds every);

private:
    Duty duty_;
};

}  // namespace ds::jobs
