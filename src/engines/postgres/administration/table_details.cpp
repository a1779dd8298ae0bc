#include <fmt/format.h>

#include "engines/postgres/administration/parts.hpp"

namespace ds::engines::postgres {
namespace {

constexpr unsigned keys_max = 500;

Result<std::vector<model::TableIndex>> indexes_of(Connection& connection, const std::string& schema,
                                                  const std::string& name) {
    DS_TRY(const auto rows,
           connection.rows(
               fmt::format("SELECT i.relname, pg_get_indexdef(x.indexrelid), x.indisunique, "
                           "x.indisprimary, x.indisvalid, pg_relation_size(x.indexrelid) "
                           "FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
                           "JOIN pg_class c ON c.oid = x.indrelid "
                           "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {} "
                           "ORDER BY NOT x.indisprimary, i.relname LIMIT {}",
                           this_table, listed_max),
               {schema, name}));
    std::vector<model::TableIndex> indexes;
    for (const auto& row : rows)
        indexes.push_back({text_in(row, 0), text_in(row, 1), flag_in(row, 2), flag_in(row, 3),
                           flag_in(row, 4), number_in(row, 5)});
    return indexes;
}

}  // namespace

Result<std::vector<model::TableColumn>> columns_of(Connection& connection,
                                                   const std::string& schema,
                                                   const std::string& name) {
    DS_TRY(const auto rows,
           connection.rows(
               fmt::format(
                   "SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, "
                   "coalesce(a.attnum = ANY (p.indkey), false), pg_get_expr(d.adbin, d.adrelid) "
                   "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                   "JOIN pg_namespace n ON n.oid = c.relnamespace "
                   "LEFT JOIN pg_index p ON p.indrelid = c.oid AND p.indisprimary "
                   "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
                   "WHERE {} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
                   this_table),
               {schema, name}));
    std::vector<model::TableColumn> columns;
    for (const auto& row : rows) {
        model::TableColumn column{
            text_in(row, 0), text_in(row, 1), flag_in(row, 2), flag_in(row, 3), {}};
        if (row.at(4)) column.default_sql = text_in(row, 4);
        columns.push_back(std::move(column));
    }
    return columns;
}

Result<std::vector<model::ForeignKey>> foreign_keys(Connection& connection, std::string_view where,
                                                    const Parameters& parameters, unsigned limit) {
    // The columns of both sides, in the order in which they belong together.
    constexpr const char* names =
        "(SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(c.{0}) WITH ORDINALITY "
        "k(number, place) JOIN pg_attribute a ON a.attrelid = c.{1} AND a.attnum = k.number)";
    DS_TRY(const auto rows,
           connection.rows(
               fmt::format("SELECT c.conname, n.nspname, t.relname, {}, fn.nspname, f.relname, {} "
                           "FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
                           "JOIN pg_namespace n ON n.oid = t.relnamespace "
                           "JOIN pg_class f ON f.oid = c.confrelid "
                           "JOIN pg_namespace fn ON fn.oid = f.relnamespace "
                           "WHERE c.contype = 'f' AND c.conparentid = 0 AND ({}) "
                           "ORDER BY n.nspname, t.relname, c.conname LIMIT {}",
                           fmt::format(fmt::runtime(names), "conkey", "conrelid"),
                           fmt::format(fmt::runtime(names), "confkey", "confrelid"), where, limit),
               parameters));
    std::vector<model::ForeignKey> keys;
    for (const auto& row : rows) {
        model::ForeignKey key{text_in(row, 0),
                              text_in(row, 1),
                              text_in(row, 2),
                              {},
                              text_in(row, 4),
                              text_in(row, 5),
                              {}};
        DS_TRY(key.columns, names_in(row, 3));
        DS_TRY(key.to_columns, names_in(row, 6));
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<model::TableDetails> table_details(Connection& connection, const std::string& schema,
                                          const std::string& name) {
    model::TableDetails details;
    DS_TRY(details.table, find_table(connection, schema, name));
    DS_TRY(details.columns, columns_of(connection, schema, name));
    DS_TRY(details.indexes, indexes_of(connection, schema, name));
    DS_TRY(details.foreign_keys,
           foreign_keys(connection, "n.nspname = $1 AND t.relname = $2", {schema, name}, keys_max));
    DS_TRY(details.referenced_by, foreign_keys(connection, "fn.nspname = $1 AND f.relname = $2",
                                               {schema, name}, keys_max));
    return details;
}

}  // namespace ds::engines::postgres
