#include "engines/postgres/facts/marks.hpp"

#include <fmt/format.h>

namespace ds::engines::postgres::marks {

std::string own(std::string_view catalog, std::string_view alias) {
    return fmt::format(
        "NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '{}'::regclass AND x.objid = {}.oid "
        "AND x.deptype = 'e')",
        catalog, alias);
}

std::string user_objects(std::string_view catalog, std::string_view alias) {
    return fmt::format("{} AND {}", user_schema, own(catalog, alias));
}

std::string not_of_a_type(std::string_view catalog, std::string_view alias) {
    return fmt::format(
        "NOT EXISTS (SELECT FROM pg_depend y WHERE y.classid = '{}'::regclass AND y.objid = {}.oid "
        "AND "
        "y.refclassid = 'pg_type'::regclass AND y.deptype = 'i')",
        catalog, alias);
}

std::string user_functions() {
    return user_objects("pg_proc", "p") + " AND " + not_of_a_type("pg_proc", "p");
}

std::string relations(std::string_view kinds) {
    return fmt::format(
        "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ({}) AND {}",
        kinds, user_objects("pg_class", "c"));
}

}  // namespace ds::engines::postgres::marks

namespace ds::engines::postgres {
namespace {

std::vector<MarkQuery> all_queries() {
    std::vector<MarkQuery> all;
    marks::add_relations(all);
    marks::add_table_parts(all);
    marks::add_types_and_functions(all);
    marks::add_others(all);
    marks::add_owners_and_grants(all);
    return all;
}

}  // namespace

const std::vector<MarkQuery>& mark_queries() {
    static const auto all = all_queries();
    return all;
}

}  // namespace ds::engines::postgres
