#pragma once

#include "jobs/service/delivery.hpp"
#include "jobs/service/events.hpp"
#include "jobs/service/runner.hpp"

namespace ds::api {

namespace sql = catalog::sql;

class RateLimiter;

/// What the handlers work with. Outlives them; thread-safe.
struct Services {
    const jobs::Office& office;
    jobs::Events& events;
    jobs::Runner& runner;
    notify::Outside outside;
    /// Whoever knows it may make the first administrator; "" when nobody may.
    std::string setup_secret;
    /// Of what one user or token may ask; nullptr: no limit.
    RateLimiter* limiter = nullptr;

    catalog::Time now() const { return office.now(); }

    template <class Work>
    auto write(Work&& work) const {
        return office.catalog.write(std::forward<Work>(work));
    }
    template <class Work>
    auto read(Work&& work) const {
        return office.catalog.read(std::forward<Work>(work));
    }
};

}  // namespace ds::api
