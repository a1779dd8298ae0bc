#include "engines/postgres/restore/target_state.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t name_bytes_max = 63;  // NAMEDATALEN - 1
constexpr std::size_t id_bytes = 8;

// Everything that a user can have made: relations, functions, types of their own, schemas, large
// objects. Extensions that somebody put there beforehand do not make a database full.
constexpr const char* user_objects = R"(
SELECT (SELECT count(*) FROM pg_class c JOIN mine ON mine.oid = c.relnamespace
        WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                          AND d.deptype IN ('e', 'i')))
     + (SELECT count(*) FROM pg_proc p JOIN mine ON mine.oid = p.pronamespace
        WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                          AND d.deptype = 'e'))
     + (SELECT count(*) FROM pg_type t JOIN mine ON mine.oid = t.typnamespace
        WHERE t.typrelid = 0 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass
                          AND d.objid = t.oid AND d.deptype IN ('e', 'i')))
     + (SELECT count(*) FROM mine WHERE nspname <> 'public'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = mine.oid
                        AND d.deptype = 'e'))
     + (SELECT count(*) FROM pg_largeobject_metadata)
  FROM (SELECT) AS one)";

std::string user_objects_query() {
    return std::string{
               "WITH mine AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' "
               "AND nspname <> 'information_schema')"} +
           user_objects;
}

Status read_ourselves(Connection& maintenance, TargetState& state) {
    DS_TRY(const auto rows,
           maintenance.rows("SELECT rolname, rolsuper, rolcreatedb OR rolsuper FROM pg_roles "
                            "WHERE rolname = current_user"));
    if (rows.size() != 1) return fail(Code::internal, "the server does not know who we are");
    state.user = rows[0][0].value_or("");
    state.superuser = rows[0][1] == "t";
    state.may_create = rows[0][2] == "t";
    state.version = maintenance.version();
    return {};
}

Status read_roles(Connection& maintenance, TargetState& state) {
    // Since version 16 being a member does not say that one may become the role.
    const auto* privilege = maintenance.major() >= 16 ? "SET" : "MEMBER";
    return maintenance.each(
        fmt::format("SELECT rolname, pg_has_role(current_user, oid, '{}') FROM pg_roles",
                    privilege),
        {}, [&](Row& row) -> Status {
            if (row[1] == "t") state.own_roles.insert(row[0].value_or(""));
            state.roles.insert(std::move(row[0]).value_or(""));
            return {};
        });
}

Status read_names(Connection& maintenance, const std::string& sql, std::set<std::string>& names) {
    return maintenance.each(sql, {}, [&](Row& row) -> Status {
        names.insert(std::move(row[0]).value_or(""));
        return {};
    });
}

Status read_database(Connection& maintenance, TargetState& state) {
    DS_TRY(
        const auto rows,
        maintenance.rows(
            "SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype, "
            "pg_has_role(current_user, datdba, 'USAGE'), "
            "(SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid) "
            "FROM pg_database d WHERE datname = $1",
            {state.name}));
    if (rows.empty()) return {};
    const auto& row = rows[0];
    state.exists = true;
    state.owner = row[0].value_or("");
    state.encoding = row[1].value_or("");
    state.collate = row[2].value_or("");
    state.ctype = row[3].value_or("");
    state.owned = state.superuser || row[4] == "t";
    DS_TRY(state.sessions, parse_unsigned(row[5].value_or("0"), "number of sessions"));
    return {};
}

// A restore that was killed could not drop what it had begun. Somebody being in it means that it
// goes on.
Status read_leftovers(Connection& maintenance, TargetState& state) {
    const auto prefix = beside_name(state.name, "restoring", std::string(id_bytes, ' '));
    return maintenance.each(
        "SELECT datname FROM pg_database d WHERE starts_with(datname::text, $1) "
        "AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid) ORDER BY 1",
        {std::string{trimmed(prefix)}}, [&](Row& row) -> Status {
            state.leftovers.push_back(std::move(row[0]).value_or(""));
            return {};
        });
}

}  // namespace

std::string name_with_tail(const std::string& name, const std::string& tail) {
    auto bytes = std::min(name.size(), name_bytes_max - tail.size());
    // Not within a character of several bytes.
    while (bytes > 0 && bytes < name.size() &&
           (static_cast<unsigned char>(name[bytes]) & 0xC0) == 0x80)
        --bytes;
    return name.substr(0, bytes) + tail;
}

std::string beside_name(const std::string& target, const std::string& state,
                        const std::string& id) {
    return name_with_tail(target, fmt::format("__{}_{}", state, id));
}

Result<std::unique_ptr<Connection>> open_maintenance(const ConnectionInfo& target,
                                                     const sys::Run& run) {
    std::optional<Error> first;
    for (const auto* name : {"postgres", "template1"}) {
        if (target.database() == name) continue;
        auto connection = Connection::open(target.with_database(name), run.stop);
        if (connection) return connection;
        // A server that cannot be reached, or a wrong password, is the same for every database.
        const auto code = connection.error().code();
        if (!first) first = std::move(connection.error());
        if (code != Code::not_found && code != Code::denied) break;
    }
    return std::move(*first);
}

Result<TargetState> look_at_target(Connection& maintenance, const ConnectionInfo& target,
                                   const sys::Run& run) {
    TargetState state;
    state.name = target.database();
    if (state.name.empty()) {
        return fail(Code::invalid, "the URL does not name a database to restore into",
                    "Add the new database's name: postgres://user@host/name.");
    }
    DS_DO(read_ourselves(maintenance, state));
    DS_DO(read_roles(maintenance, state));
    DS_DO(read_names(maintenance, "SELECT name FROM pg_available_extensions()", state.extensions));
    DS_DO(read_names(
        maintenance,
        "SELECT spcname FROM pg_tablespace WHERE has_tablespace_privilege(oid, 'CREATE')",
        state.tablespaces));
    DS_DO(read_database(maintenance, state));
    DS_DO(read_leftovers(maintenance, state));
    if (!state.exists) return state;
    DS_TRY(const auto inside, Connection::open(target, run.stop));
    DS_TRY(const auto objects, inside->value(user_objects_query()));
    state.empty = objects == "0";
    return state;
}

}  // namespace ds::engines::postgres
