#pragma once

#include "jobs/service/duty.hpp"
#include "jobs/service/events.hpp"
#include "jobs/service/runner.hpp"

namespace ds::jobs {

/// Checks schedule, zone and retention of a plan. Code::invalid names what is wrong.
Status check_plan(const model::Plan& plan);
/// Sets what the scheduler keeps in a plan that is new, changed or resumed: from `now` on.
Status plan_ahead(model::Plan& plan, catalog::Time now);

/// One look at the clock: enters the runs of every plan that is due, each moment of a schedule
/// once, whoever else looks at the same time. Returns how many runs were entered.
Result<std::size_t> tick(const Office& office, Events& events);

/// Looks at the clock every second. Also takes runs from servers that went silent.
class Scheduler {
public:
    /// `runner` is woken when runs were entered.
    Scheduler(const Office& office, Events& events, Runner& runner);

private:
    const Office& office_;
    Events& events_;
    Runner& runner_;
    Duty duty_;

    Status look();
    void tell_of_lost(const model::Run& run);
};

}  // namespace ds::jobs
