#pragma once

#include <map>

#include "model/record.hpp"

namespace ds::model {

/// What became of one row: the fields that changed, with secrets masked. Nothing before: it was
/// made; nothing after: it is gone.
struct AuditChange {
    std::string object;  // "servers/01H…"
    std::map<std::string, json::Value> before;
    std::map<std::string, json::Value> after;
};
BOOST_DESCRIBE_STRUCT(AuditChange, (), (object, before, after))

/// Who did what, from where, and what it changed: one link of its organization's chain. Never
/// changed; `hash` is over everything before it, see catalog/audit_chain.hpp.
struct AuditRow : Record {
    std::uint64_t sequence = 0;  // 1, 2, 3 … within the organization; in the id as well
    std::string user;            // its id; "" = nobody who is signed in
    std::string actor;           // the name of user or token, for people
    std::string via;             // "session", "token", "command line", "server"
    std::string address;         // of the client
    std::string action;          // "PATCH servers/{id}", "audit.trim"
    std::string object;          // what it was about: "servers/01H…"
    std::vector<AuditChange> changes;
    std::string previous;  // the hash of the row before
    std::string hash;      // SHA-256, hex
};
BOOST_DESCRIBE_STRUCT(AuditRow, (Record),
                      (sequence, user, actor, via, address, action, object, changes, previous,
                       hash))

/// Where an organization's chain begins and ends, sealed by the vault. Its id is the
/// organization's.
struct AuditHead : Record {
    std::string sealed;
};
BOOST_DESCRIBE_STRUCT(AuditHead, (Record), (sealed))

}  // namespace ds::model
