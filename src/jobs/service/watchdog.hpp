#pragma once

#include <thread>

#include "jobs/service/events.hpp"
#include "jobs/service/office.hpp"

namespace ds::jobs {

/// One round: compares what every plan promises with what its stores hold, by their own listings,
/// and raises an event for each finding that is new or a day old. Believes no row about a run or a
/// copy, so that it finds what the code that writes those rows got wrong. Returns the findings.
Result<std::size_t> watch_stores(const Office& office, Events& events, const sys::Run& run);

/// Goes round on a thread of its own; one server at a time.
class Watchdog {
public:
    Watchdog(const Office& office, Events& events, std::chrono::seconds every);

private:
    const Office& office_;
    Events& events_;
    const std::chrono::seconds every_;
    std::jthread thread_;

    void serve(const std::stop_token& stop);
};

}  // namespace ds::jobs
