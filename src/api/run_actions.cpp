#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/run_orders.hpp"
#include "catalog/run_queue.hpp"

namespace ds::api {
namespace {

const Names log_hidden{"organization", "changed", "version", "run"};
const Columns log_columns{{"id", "level"}};
const Names log_search{"text"};

Result<Reply> cancel(const Services& services, const Call& call) {
    model::Run run;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(run,
               catalog::cancel_run(session, call.caller.organization, call.id(), services.now()));
        return {};
    }));
    services.events.changed(run.organization, "run", run.id,
                            boost::describe::enum_to_string(run.state, ""));
    return accepted(run);
}

/// The same order again, as a run of its own.
Result<Reply> retry(const Services& services, const Call& call) {
    auto run = run_by_hand(services, call.caller, model::RunKind::backup);
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto before, catalog::runs.get(session, call.caller.organization, call.id()));
        if (before.state == model::RunState::queued || before.state == model::RunState::running)
            return fail(Code::conflict, "it is not over yet", "Cancel it first, or wait.");
        if (before.order.replace || before.kind == model::RunKind::undo)
            return fail(Code::conflict, "it replaces a database, which needs its name typed again",
                        "Order it again, with `confirm`.");
        run.kind = before.kind;
        run.plan = before.plan;
        run.database = before.database;
        run.server = before.server;
        run.order = before.order;
        run.attempts_max = before.attempts_max;
        return catalog::enqueue(session, run);
    }));
    announce(services, {run});
    return accepted(run);
}

Result<Reply> log_of(const Services& services, const Call& call) {
    DS_TRY(auto listing, read_listing(call.request, log_columns, log_search));
    listing.where.push_back({"run", "=", sql::Value{call.id()}});
    DS_TRY(const auto page,
           services.read([&](catalog::Session& session) -> Result<catalog::Page<model::LogLine>> {
               DS_TRY([[maybe_unused]] const auto run,
                      catalog::runs.get(session, call.caller.organization, call.id()));
               return catalog::log_lines.list(session, call.caller.organization, listing);
           }));
    return page_reply(page, [](const auto& line) { return shown(line, log_hidden); });
}

}  // namespace

void add_run_actions(Router& router, const Services& services) {
    router.add({"POST",
                "/api/v1/runs/{id}/cancel",
                Scope::operate,
                "runs",
                "Stop a run; nothing half done is left",
                {},
                run_shape(),
                202,
                false,
                [&services](const Call& call) { return cancel(services, call); }});
    router.add({"POST",
                "/api/v1/runs/{id}/retry",
                Scope::operate,
                "runs",
                "Do again what a run was to do",
                {},
                run_shape(),
                202,
                false,
                [&services](const Call& call) { return retry(services, call); }});
    router.add({"GET",
                "/api/v1/runs/{id}/log",
                Scope::read,
                "runs",
                "The log of a run",
                {},
                page_of(without(shape<model::LogLine>(), log_hidden)),
                200,
                true,
                [&services](const Call& call) { return log_of(services, call); },
                options_of(log_columns, true)});
}

}  // namespace ds::api
