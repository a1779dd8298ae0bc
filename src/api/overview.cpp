#include "jobs/service/overview.hpp"

#include "api/resource.hpp"
#include "api/routes.hpp"

namespace ds::api {
namespace {

Result<Reply> protection(const Services& services, const Call& call) {
    DS_TRY(const auto all, services.read([&](catalog::Session& session) {
        return jobs::protection_of(session, call.caller.organization, services.now());
    }));
    return Reply{200, json::bj::object{{"items", json::to_value(all)}}, {}, {}};
}

Result<Reply> statistics(const Services& services, const Call& call) {
    DS_TRY(const auto all, services.read([&](catalog::Session& session) {
        return jobs::statistics_of(session, call.caller.organization, services.now());
    }));
    return Reply{200, json::to_value(all), {}, {}};
}

}  // namespace

void add_overview(Router& router, const Services& services) {
    router.add({"GET",
                "/api/v1/protection",
                Scope::read,
                "overview",
                "How well each database is protected, and why",
                {},
                list_of(shape<jobs::ProtectedDatabase>()),
                200,
                false,
                [&services](const Call& call) { return protection(services, call); }});
    router.add({"GET",
                "/api/v1/statistics",
                Scope::read,
                "overview",
                "Everything in numbers",
                {},
                shape<jobs::Statistics>(),
                200,
                false,
                [&services](const Call& call) { return statistics(services, call); }});
}

}  // namespace ds::api
