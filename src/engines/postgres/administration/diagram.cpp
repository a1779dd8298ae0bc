#include <fmt/format.h>

#include "engines/postgres/administration/parts.hpp"

namespace ds::engines::postgres {
namespace {

constexpr unsigned tables_max = 500;
constexpr unsigned columns_max = 20'000;
constexpr unsigned keys_max = 5'000;

/// One row for each column of the first tables; a table without columns has one row with none.
std::string columns_sql(const std::string& where) {
    return fmt::format(
        "SELECT t.nspname, t.relname, a.attname, format_type(a.atttypid, a.atttypmod), "
        "NOT a.attnotnull, coalesce(a.attnum = ANY (p.indkey), false) FROM "
        "(SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n "
        "ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND {} "
        "ORDER BY n.nspname, c.relname LIMIT {}) t "
        "LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "LEFT JOIN pg_index p ON p.indrelid = t.oid AND p.indisprimary "
        "ORDER BY t.nspname, t.relname, a.attnum LIMIT {}",
        where, tables_max + 1, columns_max + 1);
}

bool has(const model::Diagram& diagram, const std::string& schema, const std::string& name) {
    return std::any_of(diagram.tables.begin(), diagram.tables.end(), [&](const auto& table) {
        return table.schema == schema && table.name == name;
    });
}

}  // namespace

Result<model::Diagram> draw_diagram(Connection& connection, const std::string& schema) {
    const bool all = schema.empty();
    if (!all) DS_DO(check_name(schema, "schema"));
    const auto parameters = all ? Parameters{} : Parameters{schema};
    DS_TRY(auto rows,
           connection.rows(columns_sql(all ? made_by_people : "n.nspname = $1"), parameters));
    model::Diagram diagram;
    if (rows.size() > columns_max) {
        diagram.complete = false;
        rows.resize(columns_max);
    }
    for (const auto& row : rows) {
        const auto in = text_in(row, 0), name = text_in(row, 1);
        auto& tables = diagram.tables;
        if (tables.empty() || tables.back().schema != in || tables.back().name != name)
            tables.push_back({in, name, {}});
        if (!row.at(2)) continue;
        tables.back().columns.push_back(
            {text_in(row, 2), text_in(row, 3), flag_in(row, 4), flag_in(row, 5), {}});
    }
    if (diagram.tables.size() > tables_max) {
        diagram.complete = false;
        diagram.tables.resize(tables_max);
    }
    DS_TRY(auto keys, foreign_keys(connection, all ? made_by_people : "n.nspname = $1", parameters,
                                   keys_max + 1));
    diagram.complete = diagram.complete && keys.size() <= keys_max;
    // Both ends are drawn, or the line is not.
    std::erase_if(keys, [&](const auto& key) {
        return !has(diagram, key.schema, key.table) || !has(diagram, key.to_schema, key.to_table);
    });
    diagram.foreign_keys = std::move(keys);
    return diagram;
}

}  // namespace ds::engines::postgres
