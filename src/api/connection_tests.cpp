#include "api/resource.hpp"
#include "api/routes.hpp"
#include "engines/all.hpp"
#include "jobs/service/opened.hpp"
#include "stores/check.hpp"

namespace ds::api {

struct RoleSql {
    std::string sql;
};
BOOST_DESCRIBE_STRUCT(RoleSql, (), (sql))

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

/// Tries again at once: who waits for an answer has no time for pauses between attempts.
class Hasty final : public sys::Clock {
public:
    explicit Hasty(sys::Clock& clock) : clock_{clock} {}
    std::chrono::system_clock::time_point now() override { return clock_.now(); }
    bool sleep_for(std::chrono::nanoseconds, const std::stop_token& stop) override {
        return !stop.stop_requested();
    }

private:
    sys::Clock& clock_;
};

sys::Run run_of(const Services& services, const Call& call) {
    return {call.stop, services.office.clock, sys::no_progress()};
}

Result<engines::Probe> probe_server(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<ProbeQuestion>(call));
    DS_TRY(const auto server, row_of(services, call, catalog::servers));
    engines::DumpRequest request;
    auto url = jobs::database_url(services.office, server, question.database);
    if (!url && url.error().code() == Code::unavailable) {
        engines::Probe probe;
        probe.checks.push_back({"host name", false, 0, url.error().message()});
        return probe;
    }
    DS_TRY(request.url, std::move(url));
    request.tool_dirs = jobs::tool_dirs_of(services.office, server);
    DS_TRY(auto* engine, engines::engine_for_url(request.url.reveal()));
    return engine->probe(request, run_of(services, call));
}

Result<Reply> test_server(const Services& services, const Call& call) {
    DS_TRY(const auto probe, probe_server(services, call));
    return Reply{200, json::to_value(probe), {}, {}};
}

/// The server's version decides what the SQL is, so it has to be reached, with whatever role.
Result<Reply> role_sql(const Services& services, const Call& call) {
    DS_TRY(const auto probe, probe_server(services, call));
    if (!probe.role_sql.empty()) return Reply{200, json::to_value(RoleSql{probe.role_sql}), {}, {}};
    return fail(Code::unavailable,
                "the server's version is not known: " + probe.checks.back().detail,
                "Give the server a URL that connects, with any role; the SQL makes a better one.");
}

/// What did not work, as the name of the check that failed.
std::string cause_of(const Error& error) {
    const auto text = lower(error.message());
    const auto says = [&](std::string_view words) { return text.find(words) != text.npos; };
    if (says("cannot find the address")) return "host name";
    if (says("certificate") || says("tls")) return "TLS";
    switch (error.code()) {
        case Code::unauthenticated: return "sign-in";
        case Code::denied: return "rights";
        case Code::not_found:
        case Code::invalid: return "place";
        case Code::unavailable:
        case Code::timeout: return "network";
        default: return "connection";
    }
}

/// A store that cannot be reached at all is one clear answer, not a page of them.
Status reach(stores::Store& store) {
    return store.list("dumpstation-check/", [](const stores::ObjectInfo&) -> Status { return {}; });
}

Result<Reply> test_store(const Services& services, const Call& call) {
    DS_TRY(const auto row, row_of(services, call, catalog::stores));
    Hasty clock{services.office.clock};
    const sys::Run run{call.stop, clock, sys::no_progress()};
    StoreProbe probe;
    const auto store = jobs::open_store(services.office, row, run);
    const auto reached = store ? reach(**store) : Status{Error{store.error()}};
    if (reached) {
        DS_TRY(const auto results, stores::check_store(**store, run, quick));
        for (const auto& one : results) probe.checks.push_back({one.name, one.ok, 1, one.detail});
    } else {
        const auto& error = reached.error();
        probe.checks.push_back(
            {cause_of(error), false, 1,
             error.hint().empty() ? error.message() : error.message() + ". " + error.hint()});
    }
    return Reply{200, json::to_value(probe), {}, {}};
}

}  // namespace

void add_connection_tests(Router& router, const Services& services) {
    router.add({"POST", "/api/v1/servers/{id}/test", Scope::operate, "servers",
                "Try whether a server can be backed up", asked(shape<ProbeQuestion>()),
                shape<engines::Probe>(), 200, false,
                [&services](const Call& call) { return test_server(services, call); }});
    router.add({"POST", "/api/v1/servers/{id}/role-sql", Scope::operate, "servers",
                "SQL for a role that may read everything and change nothing",
                asked(shape<ProbeQuestion>()), shape<RoleSql>(), 200, false,
                [&services](const Call& call) { return role_sql(services, call); }});
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
