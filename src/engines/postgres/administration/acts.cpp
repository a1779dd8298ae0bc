#include <fmt/format.h>

#include "engines/postgres/administration/parts.hpp"

namespace ds::engines::postgres {
namespace {

using model::ActKind;
using model::DatabaseAct;

Status check_names(const DatabaseAct& act) {
    DS_DO(check_name(act.database, "database"));
    if (is_about_table(act)) {
        DS_DO(check_name(act.schema, "schema"));
        return check_name(act.table, "table");
    }
    return act.owner.empty() ? Status{} : check_name(act.owner, "owner");
}

Result<Forecast> forecast_database(Connection& connection, const DatabaseAct& act) {
    DS_TRY(const auto rows,
           connection.rows(
               "SELECT d.datistemplate, CASE WHEN d.datallowconn THEN pg_database_size(d.oid) ELSE "
               "0 END, (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid) "
               "FROM pg_database d WHERE d.datname = $1",
               {act.database}));
    const auto name = printable(act.database, name_bytes_max);
    if (act.act == ActKind::create_database) {
        if (!rows.empty())
            return fail(Code::exists, fmt::format("there is a database {} already", name));
        return Forecast{};
    }
    if (rows.empty()) return fail(Code::not_found, fmt::format("there is no database {}", name));
    if (flag_in(rows.front(), 0))
        return fail(Code::denied, fmt::format("{} is a template for new databases", name));
    return Forecast{{}, number_in(rows.front(), 1), number_in(rows.front(), 2)};
}

Result<Forecast> forecast_table(Connection& connection, const DatabaseAct& act) {
    DS_TRY(const auto table, find_table(connection, act.schema, act.table));
    if (table.kind == "materialized view")
        return fail(Code::unsupported, "a materialized view has no rows of its own");
    return Forecast{table.rows_estimate, table.bytes + table.index_bytes, 0};
}

std::string sql_of(const DatabaseAct& act) {
    switch (act.act) {
        case ActKind::create_database:
            return fmt::format("CREATE DATABASE {}{}", quoted_name(act.database),
                               act.owner.empty() ? "" : " OWNER " + quoted_name(act.owner));
        case ActKind::drop_database: return "DROP DATABASE " + quoted_name(act.database);
        case ActKind::truncate_table:
            return "TRUNCATE TABLE " + quoted_relation(act.schema, act.table);
        case ActKind::drop_table: return "DROP TABLE " + quoted_relation(act.schema, act.table);
    }
    return {};
}

}  // namespace

Result<Forecast> forecast_act(Connection& connection, const DatabaseAct& act) {
    DS_DO(check_names(act));
    return is_about_table(act) ? forecast_table(connection, act)
                               : forecast_database(connection, act);
}

Status perform_act(Connection& connection, const DatabaseAct& act) {
    DS_DO(check_names(act));
    // Whoever waits for a lock holds up all who come behind; copying a template takes its time.
    DS_DO(
        connection.exec("SET default_transaction_read_only = off; SET lock_timeout = '5s'; "
                        "SET statement_timeout = '120s'"));
    auto done = connection.exec(sql_of(act));
    static_cast<void>(begin_looking(connection));
    return done;
}

}  // namespace ds::engines::postgres
