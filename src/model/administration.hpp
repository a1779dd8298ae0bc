#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/one_time_code.hpp"

/// What is on a database server now, as its administrators see it. Lists are bounded: what says
/// that it is not `complete` has more than it shows.
namespace ds::model {

struct ServerDatabase {
    std::string name;
    std::string owner;
    std::string encoding;
    std::optional<std::uint64_t> bytes;  // nothing: our role may not connect to it
    std::uint64_t connections = 0;
    bool is_template = false;
};
BOOST_DESCRIBE_STRUCT(ServerDatabase, (), (name, owner, encoding, bytes, connections, is_template))

struct ServerDatabases {
    std::vector<ServerDatabase> items;
    bool complete = true;
};
BOOST_DESCRIBE_STRUCT(ServerDatabases, (), (items, complete))

struct ServerRole {
    std::string name;
    bool superuser = false;
    bool login = false;
    bool create_role = false;
    bool create_database = false;
    bool replication = false;
    bool bypass_row_security = false;
    bool built_in = false;
    std::int64_t connections_max = -1;  // -1: no limit
    std::string valid_until;            // of its password; "" = always
    std::vector<std::string> member_of;
};
BOOST_DESCRIBE_STRUCT(ServerRole, (),
                      (name, superuser, login, create_role, create_database, replication,
                       bypass_row_security, built_in, connections_max, valid_until, member_of))

struct ServerRoles {
    std::vector<ServerRole> items;
    bool complete = true;
};
BOOST_DESCRIBE_STRUCT(ServerRoles, (), (items, complete))

/// What a role may do with one object; what its owner may anyway is not told.
struct ServerGrant {
    std::string role;  // "" = everybody
    std::string kind;  // "database", "schema", "table", "sequence", "view"
    std::string schema;
    std::string object;
    std::vector<std::string> privileges;
    bool grantable = false;  // all of these may be passed on
};
BOOST_DESCRIBE_STRUCT(ServerGrant, (), (role, kind, schema, object, privileges, grantable))

struct ServerGrants {
    std::vector<ServerGrant> items;
    bool complete = true;
};
BOOST_DESCRIBE_STRUCT(ServerGrants, (), (items, complete))

struct ServerSchema {
    std::string name;
    std::string owner;
    std::uint64_t tables = 0;
};
BOOST_DESCRIBE_STRUCT(ServerSchema, (), (name, owner, tables))

struct ServerSchemas {
    std::vector<ServerSchema> items;
    bool complete = true;
};
BOOST_DESCRIBE_STRUCT(ServerSchemas, (), (items, complete))

struct ServerTable {
    std::string schema;
    std::string name;
    std::string kind;  // "table", "partitioned table", "materialized view"
    std::string owner;
    std::optional<std::uint64_t> rows_estimate;  // nothing: never counted by the server
    std::uint64_t bytes = 0;                     // rows, and what is too large for them
    std::uint64_t index_bytes = 0;
    std::uint64_t indexes = 0;
};
BOOST_DESCRIBE_STRUCT(ServerTable, (),
                      (schema, name, kind, owner, rows_estimate, bytes, index_bytes, indexes))

struct ServerTables {
    std::vector<ServerTable> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ServerTables, (), (items, next))

struct TableColumn {
    std::string name;
    std::string type;
    bool nullable = true;
    bool primary_key = false;
    std::optional<std::string> default_sql;
};
BOOST_DESCRIBE_STRUCT(TableColumn, (), (name, type, nullable, primary_key, default_sql))

struct TableIndex {
    std::string name;
    std::string definition;
    bool unique = false;
    bool primary_key = false;
    bool valid = true;
    std::uint64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(TableIndex, (), (name, definition, unique, primary_key, valid, bytes))

/// `columns` of one table point at `to_columns` of the other, in this order.
struct ForeignKey {
    std::string name;
    std::string schema;
    std::string table;
    std::vector<std::string> columns;
    std::string to_schema;
    std::string to_table;
    std::vector<std::string> to_columns;
};
BOOST_DESCRIBE_STRUCT(ForeignKey, (),
                      (name, schema, table, columns, to_schema, to_table, to_columns))

struct TableDetails {
    ServerTable table;
    std::vector<TableColumn> columns;
    std::vector<TableIndex> indexes;
    std::vector<ForeignKey> foreign_keys;   // from here
    std::vector<ForeignKey> referenced_by;  // to here
};
BOOST_DESCRIBE_STRUCT(TableDetails, (), (table, columns, indexes, foreign_keys, referenced_by))

/// A value that is longer than what is shown of it.
struct CutCell {
    std::uint64_t row = 0;
    std::uint64_t column = 0;
};
BOOST_DESCRIBE_STRUCT(CutCell, (), (row, column))

struct TableRows {
    std::vector<TableColumn> columns;
    json::Value rows =
        json::bj::array{};  // of arrays of texts as the database writes them, or null
    std::vector<CutCell> cut;
    std::uint64_t cell_letters_max = 0;
    std::vector<std::string> ordered_by;  // columns, or the database's own place of a row
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(TableRows, (), (columns, rows, cut, cell_letters_max, ordered_by, next))

struct DiagramTable {
    std::string schema;
    std::string name;
    std::vector<TableColumn> columns;
};
BOOST_DESCRIBE_STRUCT(DiagramTable, (), (schema, name, columns))

/// What an entity-relationship diagram shows.
struct Diagram {
    std::vector<DiagramTable> tables;
    std::vector<ForeignKey> foreign_keys;
    bool complete = true;
};
BOOST_DESCRIBE_STRUCT(Diagram, (), (tables, foreign_keys, complete))

enum class ActKind { create_database, drop_database, truncate_table, drop_table };
BOOST_DESCRIBE_ENUM(ActKind, create_database, drop_database, truncate_table, drop_table)

/// Something that is done to a database server, and what it is done to.
struct DatabaseAct {
    ActKind act = ActKind::create_database;
    std::string database;
    std::string schema;  // of a table's
    std::string table;
    std::string owner;  // of a new database; "" = the role that we sign in with
};
BOOST_DESCRIBE_STRUCT(DatabaseAct, (), (act, database, schema, table, owner))

inline bool is_about_table(const DatabaseAct& act) {
    return act.act == ActKind::truncate_table || act.act == ActKind::drop_table;
}

/// Leave to do it.
struct ActCode : OneTimeCode {
    std::string server;
    DatabaseAct order;
};
BOOST_DESCRIBE_STRUCT(ActCode, (OneTimeCode), (server, order))

}  // namespace ds::model
