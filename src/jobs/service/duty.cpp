#include "jobs/service/duty.hpp"

namespace ds::jobs {

Duty::Duty(const Office& office, Terms terms, Round round)
    : office_{office}, terms_{std::move(terms)}, round_{std::move(round)} {
    thread_ = std::jthread{[this](const std::stop_token& stop) { serve(stop); }};
}

void Duty::serve(const std::stop_token& stop) {
    const sys::Run run{stop, office_.clock, sys::no_progress()};
    if (!terms_.begins_at_once) office_.clock.sleep_for(terms_.every, stop);
    while (!stop.stop_requested()) {
        const auto done = go_round(run);
        if (!done && !failing_ && !stop.stop_requested())
            office_.log.error("duty.failed", done.error().message(), {{"duty", terms_.name}});
        failing_ = !done;
        office_.clock.sleep_for(terms_.every, stop);
    }
    static_cast<void>(catalog::give_lease(office_.catalog, terms_.name, office_.name));
}

Status Duty::go_round(const sys::Run& run) {
    DS_DO(learn_who_leads());
    return round_(leads_, run);
}

Status Duty::learn_who_leads() {
    DS_TRY(const bool leads, catalog::take_lease(office_.catalog, terms_.name, office_.name,
                                                 office_.now(), terms_.lease));
    if (leads != leads_)
        office_.log.info("lease.changed",
                         leads ? "this server leads" : "this server leads no longer",
                         {{"lease", terms_.name}, {"held", leads}});
    leads_ = leads;
    return {};
}

}  // namespace ds::jobs
