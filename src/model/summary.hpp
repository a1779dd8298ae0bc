#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace ds::model {

/// What a backup is of, in short. Not secret: it lies in the plain manifest, so that a store can be
/// listed without keys.
struct Summary {
    std::string database;        // "shop"
    std::string source_id;       // stable name of this database: [a-z0-9-], used in store keys
    std::string server_version;  // "17.10"
    std::string tool_version;    // "pg_dump (PostgreSQL) 17.11"
    std::uint64_t tables = 0;
    std::uint64_t rows = 0;
    std::uint64_t database_bytes = 0;  // size on the server's disk
    std::vector<std::string> notes;    // "globals are without passwords: …"
};
BOOST_DESCRIBE_STRUCT(Summary, (),
                      (database, source_id, server_version, tool_version, tables, rows,
                       database_bytes, notes))

/// One thing that a verification compared.
struct Check {
    std::string name;  // "row counts"
    bool ok = false;
    std::uint64_t compared = 0;
    std::string detail;  // what differs, by name; empty when ok
};
BOOST_DESCRIBE_STRUCT(Check, (), (name, ok, compared, detail))

/// What a look ahead found. `blocks` is in the way; `warning` should be known; `fine` is as it
/// should be.
enum class FindingLevel { fine, warning, blocks };
BOOST_DESCRIBE_ENUM(FindingLevel, fine, warning, blocks)

struct Finding {
    std::string about;  // "target", "privileges", "key" …
    FindingLevel level = FindingLevel::fine;
    std::string text;
    std::string hint;  // what to do; "" when nothing is to be done
};
BOOST_DESCRIBE_STRUCT(Finding, (), (about, level, text, hint))

/// One step of getting the data back with the engine's own tools: `command` reads the plain bytes
/// of `part` on its standard input; without a part it is run as it is. For RESTORE.txt.
struct RestoreStep {
    std::string what;     // "Create an empty database."
    std::string part;     // "database.dump" or ""
    std::string command;  // "pg_restore -d shop"
};

}  // namespace ds::model
