#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/facts/fingerprint.hpp"
#include "model/summary.hpp"

/// What a database consists of, so that a restored one can be compared with it. All text is UTF-8;
/// a byte of a name that is not (databases in SQL_ASCII) is written as \xNN.
namespace ds::engines::postgres {

/// A relation with rows of its own: a table, a leaf partition or a populated materialized view.
struct TableFacts {
    std::string schema, name;
    std::string kind;         // "table", "unlogged table", "materialized view"
    std::string columns;      // "id, \"Name\"": what COPY writes, in its order
    std::uint64_t rows = 0;   // exact, in the snapshot
    std::uint64_t bytes = 0;  // on disk with TOAST, without indexes
    std::string content;      // RowHash over its COPY text; "" when not known
    std::string oid;          // on that server, to find it in the dump; not kept
};
BOOST_DESCRIBE_STRUCT(TableFacts, (), (schema, name, kind, columns, rows, bytes, content))

struct SequenceFacts {
    std::string schema, name;
    std::int64_t last_value = 0;
    bool is_called = false;
    std::int64_t increment = 1;
    bool cycles = false;
};
BOOST_DESCRIBE_STRUCT(SequenceFacts, (), (schema, name, last_value, is_called, increment, cycles))

struct ExtensionFacts {
    std::string name, version, schema;
};
BOOST_DESCRIBE_STRUCT(ExtensionFacts, (), (name, version, schema))

/// ALTER DATABASE … SET, or ALTER ROLE … IN DATABASE … SET when it has a role.
struct SettingFacts {
    std::optional<std::string> role;
    std::string name, value;
};
BOOST_DESCRIBE_STRUCT(SettingFacts, (), (role, name, value))

struct Facts {
    std::string server_version;     // "17.10"
    int server_version_num = 0;     // 170010
    std::string system_identifier;  // "" when it cannot be read
    std::string database, owner;
    std::string encoding;  // "UTF8"
    std::string collate, ctype;
    std::string locale_provider;        // "libc", "icu", "builtin"
    std::optional<std::string> locale;  // of icu and builtin
    std::optional<std::string> icu_rules;
    std::optional<std::string> collation_version;
    std::vector<ExtensionFacts> extensions;
    std::vector<std::string> schemas;
    std::vector<TableFacts> tables;  // by schema and name
    std::vector<SequenceFacts> sequences;
    std::uint64_t large_objects = 0;
    std::vector<std::string> roles;  // that own something here, or are granted something
    std::vector<SettingFacts> settings;
    std::vector<std::string> tablespaces;  // that something here lies in, but for the default
    std::map<std::string, std::string>
        text_settings;  // of the session that dumped: what decides how values look
    std::vector<ObjectMark> objects;
    std::string fingerprint;  // over `objects`
};
BOOST_DESCRIBE_STRUCT(Facts, (),
                      (server_version, server_version_num, system_identifier, database, owner,
                       encoding, collate, ctype, locale_provider, locale, icu_rules,
                       collation_version, extensions, schemas, tables, sequences, large_objects,
                       roles, settings, tablespaces, text_settings, objects, fingerprint))

struct FactsOptions {
    bool rows = true;  // exact counts, one scan per table
    /// Hash every table's rows as the dump of `content_like` did: with its column order and
    /// settings. Then rows are counted by the same read.
    const Facts* content_like = nullptr;
};

/// Everything, in the connection's current transaction if there is one. Quick but for the counts
/// and hashes.
Result<Facts> read_facts(Connection& connection, const FactsOptions& options = {});

/// The same in steps, for somebody who must do things in between. Each adds to `facts`. Names are
/// the server's own bytes, which in a database of SQL_ASCII need not be UTF-8, until the last step
/// rewrites such bytes as \xNN.
Status read_database_facts(Connection& connection, Facts& facts);  // all but the following
Status read_sequences(Connection& connection, Facts& facts);
Status read_tables(Connection& connection, Facts& facts);   // without rows, bytes and contents
Status read_objects(Connection& connection, Facts& facts);  // the fingerprint
Status count_rows(Connection& connection, Facts& facts);    // rows and bytes
Status hash_rows(Connection& connection, Facts& facts, const Facts& like);
void make_utf8(Facts& facts);

/// What `actual`, read from a restored database, lacks or has otherwise. One Check per question:
/// row counts, row contents, large objects, sequences, extensions, schema, owners and grants,
/// database. Row contents are compared only where both were hashed. Sequences may be ahead, not
/// behind.
std::vector<model::Check> compare_facts(const Facts& expected, const Facts& actual);

/// "schema"."name", each part quoted only where it must be.
std::string qualified(const std::string& schema, const std::string& name);

}  // namespace ds::engines::postgres
