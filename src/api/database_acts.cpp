#include "api/administering.hpp"
#include "api/one_time_code.hpp"
#include "api/resource.hpp"
#include "catalog/act.hpp"

// What is done to a database server: asked for first, which changes nothing and tells what would
// be gone; and done with the code that comes with that answer. For administrators who signed in.
namespace ds::api {

struct AskedAct {
    std::string code;
    std::string expires;
    std::string says;  // "Drop the table public.orders in shop on db"
    std::optional<std::uint64_t> rows_estimate;
    std::uint64_t bytes = 0;
    std::uint64_t connections = 0;
    std::string newest_backup;  // when the last good one of this database was taken; "" = never
};
BOOST_DESCRIBE_STRUCT(AskedAct, (),
                      (code, expires, says, rows_estimate, bytes, connections, newest_backup))

struct DoneAct {
    std::string done;
};
BOOST_DESCRIBE_STRUCT(DoneAct, (), (done))

namespace {

using model::ActKind;
using model::DatabaseAct;

constexpr catalog::Table<model::ActCode> codes{"act_codes"};

std::string in_words(const DatabaseAct& act, const model::Server& server) {
    const auto database = printable(act.database, 63);
    const auto table = printable(act.schema, 63) + "." + printable(act.table, 63);
    const auto words = [&] {
        switch (act.act) {
            case ActKind::create_database: return "Create the database " + database;
            case ActKind::drop_database: return "Drop the database " + database;
            case ActKind::truncate_table:
                return fmt::format("Remove all rows of {} in {}", table, database);
            case ActKind::drop_table:
                return fmt::format("Drop the table {} in {}", table, database);
        }
        return std::string{};
    }();
    return fmt::format("{} on {}", words, server.name);
}

/// Nobody drops the database that they are in.
std::string place_of(const DatabaseAct& act) {
    if (is_about_table(act)) return act.database;
    return act.database == any_database ? "template1" : any_database;
}

/// The newest backup of this database that is a recovery point.
Result<std::string> newest_backup(const Services& services, const Call& call,
                                  const std::string& database) {
    return services.read([&](catalog::Session& session) -> Result<std::string> {
        DS_TRY(const auto rows,
               session.run(
                   fmt::format("SELECT coalesce(max(b.taken), '') FROM backups b JOIN databases d "
                               "ON d.id = b.\"database\" AND d.organization = b.organization "
                               "WHERE b.organization = ? AND d.server = ? AND d.name = ? AND {} "
                               "AND EXISTS (SELECT 1 FROM copies c WHERE c.organization = "
                               "b.organization AND c.backup = b.id AND c.state = 'complete')",
                               catalog::recovery_points),
                   {call.caller.organization, call.id(), database}));
        return rows.empty() ? std::string{} : sql::text_of(rows.front().at(0));
    });
}

Result<Reply> ask(const Services& services, const Call& call) {
    DS_TRY(const auto act, read_body<DatabaseAct>(call));
    DS_TRY(const auto on, administer(services, call, place_of(act)));
    DS_TRY(const auto forecast, on.session->forecast(act));
    AskedAct asked;
    asked.says = in_words(act, on.server);
    asked.rows_estimate = forecast.rows_estimate;
    asked.bytes = forecast.bytes;
    asked.connections = forecast.connections;
    DS_TRY(asked.newest_backup, newest_backup(services, call, act.database));
    model::ActCode row;
    row.server = on.server.id;
    row.order = act;
    DS_TRY(asked.code, issue_code(services, call.caller, codes, row));
    asked.expires = row.expires;
    return Reply{201, json::to_value(asked), {}, {}};
}

Result<Reply> perform(const Services& services, const Call& call) {
    DS_TRY(const auto code, use_code(services, call, codes, [&](const model::ActCode& row) {
               return row.server == call.id();
           }));
    DS_TRY(const auto on, administer(services, call, place_of(code.order)));
    const auto done = on.session->perform(code.order);
    const auto words = in_words(code.order, on.server);
    // Also what did not succeed was tried. The code's own row is entered by now, so this is
    // another.
    if (auto* act = catalog::Act::current()) {
        act->add("servers/" + on.server.id, done ? "done" : "failed", words);
        DS_DO(services.write([](catalog::Session&) -> Status { return {}; }));
    }
    DS_DO(done);
    services.events.changed(call.caller.organization, "server", on.server.id);
    return Reply{200, json::to_value(DoneAct{words}), {}, {}};
}

}  // namespace

void add_database_acts(Router& router, const Services& services) {
    router
        .add({"POST", "/api/v1/servers/{id}/acts", Scope::administer, "administration",
              "Ask for a code to create or drop a database, or to empty or drop a table",
              asked(shape<DatabaseAct>(), {"act", "database"}), shape<AskedAct>(), 201, false,
              [&services](const Call& call) { return ask(services, call); }})
        .person = true;
    router
        .add({"POST",
              "/api/v1/servers/{id}/acts/{code}",
              Scope::administer,
              "administration",
              "Do what the code was asked for",
              {},
              shape<DoneAct>(),
              200,
              false,
              [&services](const Call& call) { return perform(services, call); }})
        .person = true;
}

}  // namespace ds::api
