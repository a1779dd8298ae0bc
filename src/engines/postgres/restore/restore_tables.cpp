#include "engines/postgres/restore/restore_tables.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/restore/loader.hpp"
#include "engines/postgres/restore/restore_plan.hpp"
#include "sys/failpoint.hpp"

namespace ds::engines::postgres {
namespace {

std::string sql_name(const TableName& table) {
    return quoted_name(table.schema) + "." + quoted_name(table.table);
}

// How to ask for an object by name; nothing when there is no function for that kind, or it has no
// schema.
std::optional<std::string> lookup_of(const TocEntry& entry) {
    if (entry.desc == "SCHEMA")
        return fmt::format("to_regnamespace({})", quoted_text(quoted_name(entry.tag)));
    if (entry.desc == "EXTENSION") {
        return fmt::format("(SELECT oid FROM pg_extension WHERE extname = {})",
                           quoted_text(entry.tag));
    }
    if (!entry.schema) return {};
    const auto schema = quoted_name(*entry.schema) + ".";
    const auto named = quoted_text(schema + quoted_name(entry.tag));
    if (entry.desc == "TYPE" || entry.desc == "DOMAIN") return fmt::format("to_regtype({})", named);
    if (entry.desc == "TABLE" || entry.desc == "SEQUENCE" || entry.desc == "VIEW" ||
        entry.desc == "MATERIALIZED VIEW") {
        return fmt::format("to_regclass({})", named);
    }
    if (entry.desc == "FUNCTION" || entry.desc == "PROCEDURE" || entry.desc == "AGGREGATE") {
        // The tag is "name(argument types)", the name quoted where it must be.
        return fmt::format("to_regprocedure({})", quoted_text(schema + entry.tag));
    }
    return {};
}

Result<bool> is_missing(Connection& connection, const TocEntry& entry) {
    const auto lookup = lookup_of(entry);
    if (!lookup) return false;
    DS_TRY(const auto found, connection.optional_value(fmt::format("SELECT {}::text", *lookup)));
    return !found.has_value();
}

Result<std::vector<std::string>> existing(Connection& connection,
                                          const std::vector<TableName>& tables) {
    std::vector<std::string> names;
    for (const auto& table : tables) {
        DS_TRY(const auto found,
               connection.optional_value("SELECT to_regclass($1)::text", {sql_name(table)}));
        if (found) names.push_back(sql_name(table));
    }
    return names;
}

Status drop_existing(Connection& connection, const std::vector<std::string>& names) {
    if (names.empty()) return {};
    // Somebody may be using them; waiting for ever would hold up everybody who comes after us.
    return connection
        .exec(fmt::format("SET LOCAL lock_timeout = '60s'; DROP TABLE {}", join(names, ", ")))
        .while_doing("replacing the tables that are there");
}

}  // namespace

Result<TablesPlan> plan_tables(Connection& connection, const StoredDump& dump,
                               const RestoreRequest& request, const TargetState& target,
                               const sys::Run& run) {
    TablesPlan tables;
    DS_TRY(tables.plan,
           plan_restore(
               dump, request, target,
               [&](const TocEntry& entry) { return is_missing(connection, entry); }, run));
    DS_TRY(tables.in_the_way, existing(connection, tables.plan.tables));
    if (!tables.in_the_way.empty() && !request.replace) {
        return fail(Code::exists,
                    fmt::format("{} has these tables already: {}", printable(target.name),
                                printable(join(tables.in_the_way, ", "))),
                    "Restore into another database, or replace them with --replace.");
    }
    return tables;
}

Result<RestoreReport> restore_tables(PartReader& backup, const StoredDump& dump,
                                     const RestoreRequest& request, const ConnectionInfo& info,
                                     const TargetState& target, const sys::Run& run) {
    DS_TRY(const auto connection, Connection::open(info, run.stop));
    DS_TRY(const auto planned, plan_tables(*connection, dump, request, target, run));
    const auto& plan = planned.plan;
    const auto sql_of = [&](const Step& step) {
        return objects_as_sql(plan.stages.toc, step, plan.pg_restore, connection->major(), run);
    };
    DS_TRY(const auto before, sql_of(plan.stages.before));
    std::string after;
    for (const auto& step : plan.stages.after) {
        DS_TRY(const auto sql, sql_of(step));
        after += sql;
    }

    run.progress.step("data");
    run.progress.expect(plan.bytes());
    DS_DO(connection->exec("BEGIN"));
    DS_DO(drop_existing(*connection, planned.in_the_way));
    DS_DO(connection->exec(before).while_doing("creating the tables"));
    DS_TRY(const auto loaded,
           load_data_in_transaction(*connection, {info, backup, dump.toc, plan.spans, 1}, run));
    run.progress.step("indexes");
    DS_DO(connection->exec(after).while_doing("creating indexes and constraints"));
    DS_DO(sys::fail_point("restore_tables_before_commit"));
    DS_DO(connection->exec("COMMIT"));

    RestoreReport report;
    report.database = target.name;
    report.tables = plan.table_count();
    report.rows = loaded.rows;
    report.bytes = loaded.bytes + dump.index.spans.front().bytes;
    report.notes = plan.notes;
    return report;
}

}  // namespace ds::engines::postgres
