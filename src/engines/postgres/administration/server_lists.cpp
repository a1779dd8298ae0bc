#include <fmt/format.h>

#include "engines/postgres/administration/parts.hpp"

// What belongs to the whole server: databases and roles.
namespace ds::engines::postgres {

Result<model::ServerDatabases> list_databases(Connection& connection) {
    // The size of a database may be read by whoever may connect to it; the others are listed
    // without one.
    const auto sql = fmt::format(
        "SELECT d.datname, r.rolname, pg_encoding_to_char(d.encoding), "
        "CASE WHEN d.datallowconn AND (has_database_privilege(d.oid, 'CONNECT') OR "
        "pg_has_role('pg_read_all_stats', 'MEMBER')) THEN pg_database_size(d.oid) END, "
        "(SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid "
        "AND a.pid <> pg_backend_pid()), d.datistemplate "
        "FROM pg_database d LEFT JOIN pg_roles r ON r.oid = d.datdba "
        "ORDER BY d.datname LIMIT {}",
        listed_max + 1);
    return bounded_list<model::ServerDatabases>(
        connection.rows(sql), [](const Row& row) -> Result<model::ServerDatabase> {
            return model::ServerDatabase{text_in(row, 0),   text_in(row, 1),
                                         text_in(row, 2),   optional_number_in(row, 3),
                                         number_in(row, 4), flag_in(row, 5)};
        });
}

Result<model::ServerRoles> list_roles(Connection& connection) {
    const auto sql = fmt::format(
        "SELECT r.rolname, r.rolsuper, r.rolcanlogin, r.rolcreaterole, r.rolcreatedb, "
        "r.rolreplication, r.rolbypassrls, r.rolname ~ '^pg_', r.rolconnlimit, "
        "coalesce(to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), "
        "''), (SELECT coalesce(json_agg(g.rolname ORDER BY g.rolname), '[]') FROM "
        "pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid) "
        "FROM pg_roles r ORDER BY r.rolname ~ '^pg_', r.rolname LIMIT {}",
        listed_max + 1);
    return bounded_list<model::ServerRoles>(
        connection.rows(sql), [](const Row& row) -> Result<model::ServerRole> {
            model::ServerRole role;
            role.name = text_in(row, 0);
            role.superuser = flag_in(row, 1);
            role.login = flag_in(row, 2);
            role.create_role = flag_in(row, 3);
            role.create_database = flag_in(row, 4);
            role.replication = flag_in(row, 5);
            role.bypass_row_security = flag_in(row, 6);
            role.built_in = flag_in(row, 7);
            role.connections_max = std::strtoll(row.at(8).value_or("-1").c_str(), nullptr, 10);
            role.valid_until = text_in(row, 9);
            DS_TRY(role.member_of, names_in(row, 10));
            return role;
        });
}

}  // namespace ds::engines::postgres
