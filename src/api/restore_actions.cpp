#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/run_orders.hpp"
#include "catalog/run_queue.hpp"
#include "jobs/service/preflight.hpp"
#include "jobs/service/replacement.hpp"

namespace ds::api {

struct RestoreQuestion {
    std::string into_server;
    std::string into_database;
    std::vector<std::string> tables;  // "schema.table"; empty: everything
    std::string store;                // "": the best copy
    bool replace = false;             // a database that is there and not empty
    std::string confirm;              // with replace: the name of the database, typed
    bool safety_backup = true;        // with replace: what is there is backed up first
    std::uint64_t keep_old_hours = model::keep_old_hours_default;  // 0: replaced means gone
    bool even_if_damaged = false;                                  // also out of quarantine
};
BOOST_DESCRIBE_STRUCT(RestoreQuestion, (),
                      (into_server, into_database, tables, store, replace, confirm, safety_backup,
                       keep_old_hours, even_if_damaged))

struct PreflightAnswer {
    bool ready = false;  // nothing is in the way
    bool replaces = false;
    std::vector<model::Finding> findings;
};
BOOST_DESCRIBE_STRUCT(PreflightAnswer, (), (ready, replaces, findings))

struct UndoQuestion {
    std::string confirm;  // the name of the database, typed
};
BOOST_DESCRIBE_STRUCT(UndoQuestion, (), (confirm))

namespace {

constexpr std::uint64_t keep_old_hours_max = 2160;  // 90 days

Status check_confirmed(const std::string& typed, const std::string& database) {
    if (typed == database) return {};
    return fail(Code::invalid, "confirm: does not name the database that would be replaced",
                "Type the name of the database into `confirm`: what is in it now is replaced.");
}

Status check_restore(const RestoreQuestion& question) {
    if (question.into_server.empty()) return fail(Code::invalid, "into_server: missing");
    if (question.into_database.empty()) return fail(Code::invalid, "into_database: missing");
    if (question.keep_old_hours > keep_old_hours_max)
        return fail(Code::invalid, fmt::format("keep_old_hours: at most {}", keep_old_hours_max));
    return {};
}

model::RunOrder order_of(const RestoreQuestion& question, const std::string& backup) {
    model::RunOrder order;
    order.backup = backup;
    order.store = question.store;
    order.into_server = question.into_server;
    order.into_database = question.into_database;
    order.tables = question.tables;
    order.replace = question.replace;
    order.even_if_damaged = question.even_if_damaged;
    order.safety_backup = question.safety_backup;
    order.keep_old_hours = question.keep_old_hours;
    return order;
}

/// The run that a question asks for, its rows looked up.
Result<model::Run> run_of(const Services& services, const Call& call,
                          const RestoreQuestion& question) {
    DS_DO(check_restore(question));
    auto run = run_by_hand(services, call.caller, model::RunKind::restore);
    DS_DO(services.read([&](catalog::Session& session) -> Status {
        const auto& tenant = call.caller.organization;
        DS_TRY(const auto backup, catalog::backups.get(session, tenant, call.id()));
        DS_TRY(const auto server, catalog::servers.find(session, tenant, question.into_server));
        if (!server) return fail(Code::invalid, "into_server: there is no such server");
        run.database = backup.database;
        return {};
    }));
    run.server = question.into_server;
    run.order = order_of(question, call.id());
    return run;
}

Result<Reply> look_ahead(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<RestoreQuestion>(call));
    DS_TRY(const auto run, run_of(services, call, question));
    DS_TRY(auto ahead, jobs::preflight(services.office, run,
                                       {call.stop, services.office.clock, sys::no_progress()}));
    const PreflightAnswer answer{!ahead.blocked, ahead.replaces, std::move(ahead.findings)};
    return Reply{200, json::to_value(answer), {}, {}};
}

Result<Reply> restore(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<RestoreQuestion>(call));
    DS_TRY(const auto run, run_of(services, call, question));
    if (question.replace) DS_DO(check_confirmed(question.confirm, question.into_database));
    const auto damaged = question.even_if_damaged ? jobs::Damaged::allowed : jobs::Damaged::refused;
    DS_DO(services.read([&](catalog::Session& session) -> Status {
        const auto copy =
            jobs::choose_copy(session, run.organization, run.order.backup, question.store, damaged);
        return copy ? Status{} : Status{copy.error()};
    }));
    return enter(services, run);
}

Result<Reply> undo(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<UndoQuestion>(call));
    auto run = run_by_hand(services, call.caller, model::RunKind::undo);
    DS_DO(services.read([&](catalog::Session& session) -> Status {
        const auto& tenant = call.caller.organization;
        DS_TRY([[maybe_unused]] const auto before, catalog::runs.get(session, tenant, call.id()));
        DS_TRY(const auto back, jobs::way_back_of(session, tenant, call.id(), services.now()));
        DS_DO(check_confirmed(question.confirm, back.name));
        run.database = back.database;
        run.server = back.server;
        return {};
    }));
    run.order.undoes = call.id();
    return enter(services, run);
}

}  // namespace

void add_restore_actions(Router& router, const Services& services) {
    router.add({"POST", "/api/v1/backups/{id}/restore", Scope::operate, "backups",
                "Restore a backup, or some of its tables", asked(shape<RestoreQuestion>()),
                run_shape(), 202, false,
                [&services](const Call& call) { return restore(services, call); }});
    router.add({"POST", "/api/v1/backups/{id}/restore/preflight", Scope::operate, "backups",
                "What a restore would do, and what is in its way", asked(shape<RestoreQuestion>()),
                shape<PreflightAnswer>(), 200, false,
                [&services](const Call& call) { return look_ahead(services, call); }});
    router.add({"POST", "/api/v1/runs/{id}/undo", Scope::operate, "runs",
                "Give the database that a restore replaced its place again",
                asked(shape<UndoQuestion>(), {"confirm"}), run_shape(), 202, false,
                [&services](const Call& call) { return undo(services, call); }});
}

}  // namespace ds::api
