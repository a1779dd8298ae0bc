#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/facts/fingerprint.hpp"

/// The pieces that fingerprint queries are made of. The catalogs are described in the PostgreSQL
/// manual, chapter "System Catalogs". What pg_dump leaves out is left out here too: system schemas,
/// members of extensions, what the server makes by itself for partitions.
namespace ds::engines::postgres::marks {

constexpr int always = 0;
constexpr int for_ever = std::numeric_limits<int>::max();

/// Namespaces are called n in every query.
constexpr std::string_view user_schema =
    "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
/// Of the relation c.
constexpr std::string_view relation_name =
    "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";

/// Conditions on the row `alias` of `catalog`. Not a member of an extension:
std::string own(std::string_view catalog, std::string_view alias);
/// … and in a schema of the users.
std::string user_objects(std::string_view catalog, std::string_view alias);
/// Functions and casts that the server made with a type are left out; newer versions make more.
std::string not_of_a_type(std::string_view catalog, std::string_view alias);
/// Of the function p.
std::string user_functions();

/// FROM and WHERE for the users' relations c of these kinds ("'v', 'm'").
std::string relations(std::string_view kinds);

/// Each adds the queries of its file.
void add_relations(std::vector<MarkQuery>& all);
void add_table_parts(std::vector<MarkQuery>& all);
void add_types_and_functions(std::vector<MarkQuery>& all);
void add_others(std::vector<MarkQuery>& all);
void add_owners_and_grants(std::vector<MarkQuery>& all);

}  // namespace ds::engines::postgres::marks
