#include "api/resource.hpp"
#include "api/routes.hpp"
#include "engines/all.hpp"
#include "jobs/service/opened.hpp"
#include "stores/check.hpp"

namespace ds::api {

struct ProbeQuestion {
    std::string database = "postgres";  // to sign in to
};
BOOST_DESCRIBE_STRUCT(ProbeQuestion, (), (database))

struct StoreProbe {
    std::vector<model::Check> checks;
};
BOOST_DESCRIBE_STRUCT(StoreProbe, (), (checks))

namespace {

/// A test is answered at once and not as a run, so it must not take long.
constexpr stores::CheckSize quick{.listed_keys = 3, .large_bytes = 64 * KiB};

template <class T>
Result<T> row_of(const Services& services, const Call& call, const catalog::Table<T>& table) {
    return services.read([&](catalog::Session& session) {
        return table.get(session, call.caller.organization, call.id());
    });
}

sys::Run run_of(const Services& services, const Call& call) {
    return {call.stop, services.office.clock, sys::no_progress()};
}

Result<Reply> test_server(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<ProbeQuestion>(call));
    DS_TRY(const auto server, row_of(services, call, catalog::servers));
    engines::DumpRequest request;
    DS_TRY(request.url, jobs::database_url(services.office, server, question.database));
    request.tool_dirs = jobs::tool_dirs_of(services.office, server);
    DS_TRY(auto* engine, engines::engine_for_url(request.url.reveal()));
    DS_TRY(const auto probe, engine->probe(request, run_of(services, call)));
    return Reply{200, json::to_value(probe), {}, {}};
}

Result<Reply> test_store(const Services& services, const Call& call) {
    DS_TRY(const auto row, row_of(services, call, catalog::stores));
    const auto run = run_of(services, call);
    StoreProbe probe;
    const auto store = jobs::open_store(services.office, row, run);
    if (!store) {
        probe.checks.push_back({"the store opens", false, 1, store.error().message()});
    } else {
        DS_TRY(const auto results, stores::check_store(**store, run, quick));
        for (const auto& one : results) probe.checks.push_back({one.name, one.ok, 1, one.detail});
    }
    return Reply{200, json::to_value(probe), {}, {}};
}

}  // namespace

void add_connection_tests(Router& router, const Services& services) {
    router.add({"POST", "/api/v1/servers/{id}/test", Scope::operate, "servers",
                "Try whether a server can be backed up", shape<ProbeQuestion>(),
                shape<engines::Probe>(), 200, false,
                [&services](const Call& call) { return test_server(services, call); }});
    router.add({"POST",
                "/api/v1/stores/{id}/test",
                Scope::operate,
                "stores",
                "Try whatever a backup asks of a store",
                {},
                shape<StoreProbe>(),
                200,
                false,
                [&services](const Call& call) { return test_store(services, call); }});
}

}  // namespace ds::api
