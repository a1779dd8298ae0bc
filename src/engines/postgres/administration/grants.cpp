#include <fmt/format.h>

#include "engines/postgres/administration/parts.hpp"

namespace ds::engines::postgres {
namespace {

/// Every object of this database that can be granted: kind, schema, name, owner, privileges. No
/// list of privileges means those that PostgreSQL gives by itself.
constexpr const char* granted_objects =
    "SELECT 'database' AS kind, ''::name AS schema, d.datname AS object, d.datdba AS owner, "
    "coalesce(d.datacl, acldefault('d', d.datdba)) AS acl "
    "FROM pg_database d WHERE d.datname = current_database() "
    "UNION ALL SELECT 'schema', n.nspname, ''::name, n.nspowner, "
    "coalesce(n.nspacl, acldefault('n', n.nspowner)) FROM pg_namespace n WHERE {0} "
    "UNION ALL SELECT CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' "
    "WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END, "
    "n.nspname, c.relname, c.relowner, c.relacl "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relacl IS NOT NULL AND {0}";

}  // namespace

Result<model::ServerGrants> list_grants(Connection& connection) {
    const auto sql = fmt::format(
        "SELECT coalesce(r.rolname, ''), o.kind, o.schema, o.object, "
        "json_agg(a.privilege_type ORDER BY a.privilege_type), bool_and(a.is_grantable) "
        "FROM ({}) o CROSS JOIN LATERAL aclexplode(o.acl) a LEFT JOIN pg_roles r "
        "ON r.oid = a.grantee WHERE a.grantee <> o.owner "
        "GROUP BY r.rolname, o.kind, o.schema, o.object "
        "ORDER BY o.kind = 'database' DESC, o.kind = 'schema' DESC, o.schema, o.object, r.rolname "
        "LIMIT {}",
        fmt::format(fmt::runtime(granted_objects), made_by_people), listed_max + 1);
    return bounded_list<model::ServerGrants>(
        connection.rows(sql), [](const Row& row) -> Result<model::ServerGrant> {
            model::ServerGrant grant{
                text_in(row, 0), text_in(row, 1), text_in(row, 2), text_in(row, 3), {},
                flag_in(row, 5)};
            DS_TRY(grant.privileges, names_in(row, 4));
            return grant;
        });
}

}  // namespace ds::engines::postgres
