#pragma once

#include "model/estate.hpp"
#include "model/run_record.hpp"

namespace ds::model {

/// What the last verification of a backup said.
struct Proof {
    std::uint64_t level = 0;  // the highest level that was passed; 0 = not tried
    bool damaged = false;
    std::string at;
    std::string detail;  // what differs, by name; "" when nothing does
    std::uint64_t milliseconds = 0;
    std::string store;  // whose copy was looked at
};
BOOST_DESCRIBE_STRUCT(Proof, (), (level, damaged, at, detail, milliseconds, store))

/// What a backup run left. Good = taken, and not in quarantine.
struct Backup : Record {
    std::string name;
    std::string database;
    std::string plan;
    std::string run;
    std::string engine;
    std::string method;
    std::string source_id;
    std::string trigger;
    std::string taken;  // the moment its snapshot was taken: the recovery point
    std::string finished;
    std::uint64_t plain_bytes = 0;
    std::uint64_t stored_bytes = 0;
    std::uint64_t tables = 0;
    std::uint64_t rows = 0;
    std::string server_version;
    std::string tool_version;
    std::string compression;
    std::vector<std::string> recipients;
    std::string manifest_sha256;
    Proof proof;
    bool quarantined = false;  // a proof failed, and no copy is left that it did not concern
    bool pinned = false;
    std::string locked_until;
    Labels labels;
    std::string notes;
    std::map<std::string, std::string> metadata;  // whatever its owners keep with it
};
BOOST_DESCRIBE_STRUCT(Backup, (Record),
                      (name, database, plan, run, engine, method, source_id, trigger, taken,
                       finished, plain_bytes, stored_bytes, tables, rows, server_version,
                       tool_version, compression, recipients, manifest_sha256, proof, quarantined,
                       pinned, locked_until, labels, notes, metadata))

/// Taken before a restore: holds what somebody wanted to be rid of.
inline bool is_safety_backup(const Backup& backup) {
    return backup.trigger == boost::describe::enum_to_string(Trigger::safety, "?");
}
/// Whether it may be what its database is restored from after a disaster, without anybody choosing
/// it. `catalog::recovery_points` says the same of rows.
inline bool is_recovery_point(const Backup& backup) {
    return !backup.quarantined && !is_safety_backup(backup);
}

enum class CopyState { complete, failed, condemned, removed, missing };
BOOST_DESCRIBE_ENUM(CopyState, complete, failed, condemned, removed, missing)

/// A backup in one store. Condemned: retention wants it gone; until `remove_after` that can be
/// undone.
struct Copy : Record {
    std::string backup;
    std::string store;
    CopyState state = CopyState::complete;
    bool damaged = false;  // a proof found that it is not as it was written
    std::uint64_t stored_bytes = 0;
    std::string error;
    std::string remove_after;
    std::string reason;  // why retention keeps or removes it
};
BOOST_DESCRIBE_STRUCT(Copy, (Record),
                      (backup, store, state, damaged, stored_bytes, error, remove_after, reason))

/// Expected: a restore is at work that will put it aside, or was cut off while it did.
enum class ReplacementState { expected, kept, returned, dropped, none };
BOOST_DESCRIBE_ENUM(ReplacementState, expected, kept, returned, dropped, none)

/// A database that a restore replaced: the way back. The server itself is the witness (a mark on
/// the database that was put aside, which is the run's id); this row says when it may go.
struct Replacement : Record {
    std::string run;       // that replaced it
    std::string database;  // whose backup was restored
    std::string server;    // where it lies
    std::string name;      // that it had
    std::string kept_as;   // that it has now; "" while it is not known
    std::string keep_until;
    std::uint64_t keep_hours = 0;
    ReplacementState state = ReplacementState::expected;
};
BOOST_DESCRIBE_STRUCT(Replacement, (Record),
                      (run, database, server, name, kept_as, keep_until, keep_hours, state))

}  // namespace ds::model
