#include "engines/postgres/facts/privileges.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/facts/facts.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t named_max = 5;

// pg_dump reads these; members of extensions it leaves to the extension, unless that says
// otherwise.
constexpr std::string_view dumped_relations =
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
    "AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = "
    "c.oid "
    "AND x.deptype = 'e' AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.oid = x.refobjid "
    "AND c.oid = ANY (e.extconfig)))";

Result<std::vector<std::string>> relations_where(Connection& connection,
                                                 std::string_view condition) {
    std::vector<std::string> names;
    DS_DO(connection.each(fmt::format("SELECT n.nspname, c.relname {} AND {} ORDER BY 1, 2",
                                      dumped_relations, condition),
                          {}, [&](Row& row) -> Status {
                              names.push_back(qualified(row[0].value_or(""), row[1].value_or("")));
                              return {};
                          }));
    return names;
}

std::string listed(std::vector<std::string> names) {
    const auto count = names.size();
    if (count > named_max) names.resize(named_max);
    const auto text = join(names, ", ");
    return printable(count > named_max ? fmt::format("{} and {} more", text, count - named_max)
                                       : text);
}

Status check_relations(Connection& connection, std::string_view noun, std::string_view condition) {
    DS_TRY(const auto names, relations_where(connection, condition));
    if (names.empty()) return {};
    const auto user = quoted_name(connection.user());
    return fail(
        Code::denied,
        fmt::format("user {} may not read {} of the database's {}: {}",
                    printable(connection.user()), names.size(), noun, listed(names)),
        connection.major() >= 14
            ? fmt::format("GRANT pg_read_all_data TO {};", user)
            : fmt::format(
                  "GRANT USAGE ON SCHEMA … TO {0}; GRANT SELECT ON ALL TABLES IN SCHEMA … TO {0}; "
                  "GRANT SELECT ON ALL SEQUENCES IN SCHEMA … TO {0};",
                  user));
}

Status check_row_security(Connection& connection) {
    DS_TRY(const auto names,
           relations_where(connection, "c.relkind IN ('r', 'p') AND row_security_active(c.oid)"));
    if (names.empty()) return {};
    return fail(Code::denied,
                fmt::format("row level security hides rows from user {} in {}",
                            printable(connection.user()), listed(names)),
                fmt::format("A backup must see every row: ALTER ROLE {} BYPASSRLS;",
                            quoted_name(connection.user())));
}

// has_largeobject_privilege() is there only since 18; the entries are read by hand.
constexpr const char* large_objects_sql =
    "SELECT m.oid FROM pg_largeobject_metadata m "
    "WHERE current_setting('lo_compat_privileges') = 'off' AND current_setting('is_superuser') = "
    "'off' "
    "AND NOT pg_has_role(m.lomowner, 'USAGE') "
    "AND NOT EXISTS (SELECT FROM aclexplode(m.lomacl) a WHERE a.privilege_type = 'SELECT' "
    "AND CASE WHEN a.grantee = 0 THEN true ELSE pg_has_role(a.grantee, 'USAGE') END) ORDER BY 1 "
    "LIMIT 1000";

Status check_large_objects(Connection& connection) {
    std::vector<std::string> oids;
    DS_DO(connection.each(large_objects_sql, {}, [&](Row& row) -> Status {
        oids.push_back(row[0].value_or(""));
        return {};
    }));
    if (oids.empty()) return {};
    return fail(
        Code::denied,
        fmt::format("user {} may not read {} large objects: {}", printable(connection.user()),
                    oids.size() == 1000 ? std::string{"1000 or more"} : std::to_string(oids.size()),
                    listed(oids)),
        fmt::format(
            "GRANT SELECT ON LARGE OBJECT … TO {}, for each of them; or back up as their owner.",
            quoted_name(connection.user())));
}

}  // namespace

Status check_privileges(Connection& connection) {
    DS_DO(
        check_relations(connection, "tables",
                        "c.relkind IN ('r', 'p') AND NOT (has_schema_privilege(n.oid, 'USAGE') AND "
                        "has_table_privilege(c.oid, 'SELECT'))"));
    DS_DO(check_relations(
        connection, "sequences",
        "CASE WHEN c.relkind = 'S' THEN NOT (has_schema_privilege(n.oid, 'USAGE') AND "
        "has_sequence_privilege(c.oid, 'SELECT')) ELSE false END"));
    DS_DO(check_row_security(connection));
    return check_large_objects(connection);
}

}  // namespace ds::engines::postgres
