#include <fmt/format.h>

#include "engines/postgres/administration/cursor.hpp"
#include "engines/postgres/administration/parts.hpp"

namespace ds::engines::postgres {
namespace {

/// A partitioned table has nothing of its own: its sizes are those of its partitions.
constexpr const char* table_sql =
    "SELECT n.nspname, c.relname, CASE c.relkind WHEN 'p' THEN 'partitioned table' "
    "WHEN 'm' THEN 'materialized view' ELSE 'table' END, r.rolname, "
    "CASE WHEN s.rows >= 0 THEN s.rows::bigint END, s.bytes, s.index_bytes, "
    "(SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid) "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "LEFT JOIN pg_roles r ON r.oid = c.relowner CROSS JOIN LATERAL ("
    "SELECT CASE WHEN min(l.reltuples) < 0 THEN -1 ELSE sum(l.reltuples) END AS rows, "
    "coalesce(sum(pg_table_size(l.oid)), 0) AS bytes, "
    "coalesce(sum(pg_indexes_size(l.oid)), 0) AS index_bytes "
    "FROM pg_class l WHERE l.relkind IN ('r', 'm') AND (l.oid = c.oid OR c.relkind = 'p' AND l.oid "
    "IN (SELECT relid FROM pg_partition_tree(c.oid)))) s WHERE ";

model::ServerTable table_in(const Row& row) {
    return {text_in(row, 0),
            text_in(row, 1),
            text_in(row, 2),
            text_in(row, 3),
            optional_number_in(row, 4),
            number_in(row, 5),
            number_in(row, 6),
            number_in(row, 7)};
}

}  // namespace

Result<model::ServerSchemas> list_schemas(Connection& connection) {
    const auto sql = fmt::format(
        "SELECT n.nspname, r.rolname, (SELECT count(*) FROM pg_class c WHERE c.relnamespace = "
        "n.oid AND c.relkind IN ('r', 'p', 'm')) FROM pg_namespace n LEFT JOIN pg_roles r "
        "ON r.oid = n.nspowner WHERE {} ORDER BY n.nspname LIMIT {}",
        made_by_people, listed_max + 1);
    return bounded_list<model::ServerSchemas>(
        connection.rows(sql), [](const Row& row) -> Result<model::ServerSchema> {
            return model::ServerSchema{text_in(row, 0), text_in(row, 1), number_in(row, 2)};
        });
}

Result<model::ServerTables> list_tables(Connection& connection, const TablesQuestion& question) {
    DS_TRY(const auto after, read_cursor(question.cursor, {"schema", "name"}));
    Parameters parameters;
    auto sql = std::string{table_sql} + "c.relkind IN ('r', 'p', 'm') AND " + made_by_people;
    if (!question.schema.empty()) {
        DS_DO(check_name(question.schema, "schema"));
        parameters.emplace_back(question.schema);
        sql += " AND n.nspname = $1";
    }
    if (!after.empty()) {
        sql += fmt::format(" AND (n.nspname, c.relname) > (${}, ${})", parameters.size() + 1,
                           parameters.size() + 2);
        parameters.insert(parameters.end(), after.begin(), after.end());
    }
    sql += fmt::format(" ORDER BY n.nspname, c.relname LIMIT {}", question.limit + 1);
    DS_TRY(auto rows, connection.rows(sql, parameters));
    model::ServerTables page;
    const bool more = rows.size() > question.limit;
    if (more) rows.resize(question.limit);
    for (const auto& row : rows) page.items.push_back(table_in(row));
    if (more) page.next = write_cursor({"schema", "name"}, {rows.back().at(0), rows.back().at(1)});
    return page;
}

Result<model::ServerTable> find_table(Connection& connection, const std::string& schema,
                                      const std::string& name) {
    DS_DO(check_name(schema, "schema"));
    DS_DO(check_name(name, "table"));
    DS_TRY(const auto rows, connection.rows(std::string{table_sql} + this_table, {schema, name}));
    if (!rows.empty()) return table_in(rows.front());
    return fail(Code::not_found,
                fmt::format("there is no table {}.{} in {}", printable(schema, 63),
                            printable(name, 63), printable(connection.database(), 63)));
}

}  // namespace ds::engines::postgres
