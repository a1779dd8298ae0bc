#pragma once

#include <cstdlib>

#include <fmt/format.h>

#include "engines/administration.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/connection/utf8.hpp"

/// What an Administration is made of: one file for each thing that is looked at. All run in a
/// session of begin_looking().
namespace ds::engines::postgres {

/// Read only, and no statement for long.
Status begin_looking(Connection& connection);

Result<model::ServerDatabases> list_databases(Connection& connection);
Result<model::ServerRoles> list_roles(Connection& connection);
Result<model::ServerGrants> list_grants(Connection& connection);
Result<model::ServerSchemas> list_schemas(Connection& connection);
Result<model::ServerTables> list_tables(Connection& connection, const TablesQuestion& question);
Result<model::TableDetails> table_details(Connection& connection, const std::string& schema,
                                          const std::string& name);
/// One table as list_tables() tells it; Code::not_found when there is none.
Result<model::ServerTable> find_table(Connection& connection, const std::string& schema,
                                      const std::string& name);
Result<std::vector<model::TableColumn>> columns_of(Connection& connection,
                                                   const std::string& schema,
                                                   const std::string& name);
Result<model::TableRows> read_rows(Connection& connection, const RowsQuestion& question);
Result<model::Diagram> draw_diagram(Connection& connection, const std::string& schema);
Result<Forecast> forecast_act(Connection& connection, const model::DatabaseAct& act);
Status perform_act(Connection& connection, const model::DatabaseAct& act);

/// Foreign keys; `where` is a condition on pg_constraint c, our own text.
Result<std::vector<model::ForeignKey>> foreign_keys(Connection& connection, std::string_view where,
                                                    const Parameters& parameters, unsigned limit);

constexpr unsigned listed_max = 1'000;
constexpr std::size_t name_bytes_max = 63;  // NAMEDATALEN - 1: longer ones would be cut silently

/// Code::invalid for what no object can be called.
inline Status check_name(const std::string& name, std::string_view field) {
    if (!name.empty() && name.size() <= name_bytes_max && name.find('\0') == name.npos) return {};
    return fail(Code::invalid,
                fmt::format("{}: a name has from 1 to {} bytes", field, name_bytes_max));
}

/// A condition on pg_namespace n: what people made.
constexpr const char* made_by_people =
    "n.nspname !~ '^pg_(toast|temp)' AND n.nspname NOT IN ('pg_catalog', 'information_schema')";

/// The relation by its schema and name ($1 and $2), with rows that may be looked at.
constexpr const char* this_table =
    "n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'm')";

inline std::string text_in(const Row& row, std::size_t at) {
    return utf8_safe(row.at(at).value_or(""));
}
inline bool flag_in(const Row& row, std::size_t at) { return row.at(at).value_or("f") == "t"; }
inline std::uint64_t number_in(const Row& row, std::size_t at) {
    return std::strtoull(row.at(at).value_or("0").c_str(), nullptr, 10);
}
inline std::optional<std::uint64_t> optional_number_in(const Row& row, std::size_t at) {
    return row.at(at) ? std::optional{number_in(row, at)} : std::nullopt;
}
/// A JSON array of texts.
inline Result<std::vector<std::string>> names_in(const Row& row, std::size_t at) {
    return json::read<std::vector<std::string>>(text_in(row, at));
}

/// A list of at most listed_max items from rows of which one more was asked for.
template <class List, class Item>
Result<List> bounded_list(Result<Rows> rows, Item&& item) {
    if (!rows) return Error{rows.error()};
    List list;
    list.complete = rows->size() <= listed_max;
    if (!list.complete) rows->resize(listed_max);
    for (const auto& row : *rows) {
        DS_TRY(auto made, item(row));
        list.items.push_back(std::move(made));
    }
    return list;
}

/// For SQL.
inline std::string quoted_relation(const std::string& schema, const std::string& name) {
    return quoted_name(schema) + "." + quoted_name(name);
}

}  // namespace ds::engines::postgres
