#include "api/run_orders.hpp"

#include "api/resource.hpp"

namespace ds::api {

namespace {
const Names hidden{"organization", "lease_owner", "lease_until", "place"};
}

model::Run run_by_hand(const Services& services, const Caller& caller, model::RunKind kind) {
    model::Run run;
    catalog::begin_record(run, caller.organization, services.now());
    run.kind = kind;
    run.trigger = model::Trigger::manual;
    return run;
}

void announce(const Services& services, const std::vector<model::Run>& runs) {
    for (const auto& run : runs) services.events.changed(run.organization, "run", run.id, "queued");
    services.runner.wake();
}

Reply accepted(const model::Run& run) {
    Reply reply;
    reply.status = 202;
    reply.body = shown_run(run);
    reply.headers.add("Location", "/api/v1/runs/" + run.id);
    return reply;
}

Shape run_shape() { return without(shape<model::Run>(), hidden); }

json::Value shown_run(const model::Run& run) { return shown(run, hidden); }

}  // namespace ds::api
