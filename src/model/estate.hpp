#pragma once

#include <map>

#include "model/record.hpp"

namespace ds::model {

using Labels = std::map<std::string, std::string>;

/// A database server that we can reach.
struct Server : Record {
    std::string name;
    std::string url;     // "postgres://backup@db.example.com:5432/?sslmode=require", no password
    std::string sealed;  // the password, sealed by the vault
    std::vector<std::string> tool_dirs;
    std::uint64_t runs_max = 2;  // at once
    Labels labels;
    std::string notes;
};
BOOST_DESCRIBE_STRUCT(Server, (Record), (name, url, sealed, tool_dirs, runs_max, labels, notes))

/// One database of a server: what is protected. Archived ones are backed up no more; their backups
/// stay.
struct Database : Record {
    std::string server;
    std::string name;       // on the server
    std::string source_id;  // in the stores' keys; "" before the first backup
    bool paused = false;
    bool archived = false;
    Labels labels;
    std::string notes;
};
BOOST_DESCRIBE_STRUCT(Database, (Record),
                      (server, name, source_id, paused, archived, labels, notes))

/// A destination.
struct Store : Record {
    std::string name;
    std::string url;              // without credentials
    std::string sealed;           // JSON object of secret options, sealed by the vault
    std::uint64_t runs_max = 4;   // at once
    std::uint64_t bytes_max = 0;  // 0: no cap
    bool nearly_full = false;     // told, and not over since
    bool paused = false;
    Labels labels;
    std::string notes;
};
BOOST_DESCRIBE_STRUCT(Store, (Record),
                      (name, url, sealed, runs_max, bytes_max, nearly_full, paused, labels, notes))

/// An age key: the recipient is enough to back up; the identity, where we hold it, opens.
struct Key : Record {
    std::string name;
    std::string recipient;  // age1…
    std::string sealed;     // the identity, sealed by the vault; "" = kept elsewhere
    Labels labels;
    std::string notes;
};
BOOST_DESCRIBE_STRUCT(Key, (Record), (name, recipient, sealed, labels, notes))

}  // namespace ds::model
