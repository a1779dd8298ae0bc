#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "model/summary.hpp"
#include "stream/stream.hpp"
#include "sys/run.hpp"

/// The one contract between the rest of the house and a kind of database.
namespace ds::engines {

/// One stream of a dump. Must be read to its end before the next part is asked for.
struct Part {
    std::string name;                  // "database.dump", "globals.sql": letters, digits, '.', '-'
    std::uint64_t bytes_estimate = 0;  // plaintext, from the server's own sizes; 0 = unknown
    stream::Source* source = nullptr;  // owned by the Dump; valid until the next call of next()
};

using model::Check;
using model::Finding;
using model::FindingLevel;
using model::Summary;

/// What was read, told by the engine after the last byte. `summary` lies in the plain manifest;
/// `facts` and the indexes are stored as parts of their own, encrypted.
struct DumpFacts {
    Summary summary;
    json::Value facts;                           // engine-specific, for comparing after a restore
    std::map<std::string, json::Value> indexes;  // by part name: where what lies in the plaintext
    std::vector<model::RestoreStep> steps;  // how to restore with the engine's own tools, in order
};

/// One dump in progress. Destroying a Dump that was not finished abandons it and leaves the server
/// as it was found.
class Dump {
public:
    virtual ~Dump() = default;
    /// Known from the start, so that the archive can be laid out.
    virtual const std::string& source_id() const = 0;
    virtual Result<std::optional<Part>> next() = 0;
    /// After the last part: checks that the tools ended well and that what went by was complete and
    /// agrees with the snapshot. An error here means: this is not a backup.
    virtual Result<DumpFacts> finish() = 0;
};

/// A stored backup as an engine sees it: plaintext parts by name, with random access.
class PartReader {
public:
    virtual ~PartReader() = default;
    /// Plaintext from `offset`, `bytes` long (nothing: to the end). May be called from several
    /// threads.
    virtual Result<stream::SourcePtr> open(const std::string& part, std::uint64_t offset,
                                           std::optional<std::uint64_t> bytes) = 0;
    virtual const json::Value& facts() const = 0;
    /// The index of a part as DumpFacts gave it; null value when there is none.
    virtual const json::Value& index(const std::string& part) const = 0;
    /// For names of what we create: the backup's name, e.g. "brave-otter-20261123-0517".
    virtual const std::string& backup_name() const = 0;
};

/// Logical: what is in one database. Physical: the files of a whole cluster.
enum class Method { logical, physical };
BOOST_DESCRIBE_ENUM(Method, logical, physical)

struct DumpRequest {
    Secret url;                          // postgres://user:password@host/db
    std::vector<std::string> tool_dirs;  // where to look for client tools first
    std::optional<std::uint64_t> lock_wait_seconds = 60;
    Method method = Method::logical;
};

/// A database that is replaced stays beside, under a name that says so, and carries a mark by which
/// nothing but it is ever found again.
struct KeepOld {
    std::string mark;  // letters and digits
    std::chrono::system_clock::time_point since;
    std::chrono::system_clock::time_point until;  // told to whoever finds it
};

struct RestoreRequest {
    Secret into;  // names the new (or empty, or to be replaced) database
    std::vector<std::string> tool_dirs;
    std::vector<std::string> tables;  // "schema.table"; empty = everything
    bool replace = false;             // an existing database that is not empty is replaced
    std::optional<KeepOld> keep_old;  // what is replaced; nothing: it is dropped
    unsigned jobs = 2;
    std::map<std::string, std::string> role_map;  // owner in the backup → role on the target
};

struct RestoreReport {
    std::string database;  // where it is now
    std::string kept_as;   // what was replaced and is kept; "" = nothing
    std::uint64_t tables = 0;
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;  // plaintext read
    std::vector<std::string>
        notes;  // roles that do not exist on the target, settings not applied …
};
BOOST_DESCRIBE_STRUCT(RestoreReport, (), (database, kept_as, tables, rows, bytes, notes))

/// A physical backup becomes a data directory.
struct DirectoryRequest {
    std::filesystem::path directory;                 // absolute; empty or not there yet
    std::map<std::string, std::string> tablespaces;  // where it was → where it goes
};

struct DirectoryReport {
    std::string directory;
    std::uint64_t server_major = 0;  // with which it starts
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(DirectoryReport, (), (directory, server_major, files, bytes, notes))

/// What a look ahead found. `blocked`: the first error that a restore would end with before it
/// changed anything. `replaces`: what is there now and not empty would be gone.
struct Preflight {
    std::vector<Finding> findings;
    std::optional<Error> blocked;
    bool replaces = false;
};

/// A kept database takes its old place again, and what is there now is kept in its turn.
struct SwapBackRequest {
    Secret into;       // the place
    std::string mark;  // of the kept one
    KeepOld keep_old;
};

struct ProofRequest {
    bool compare = false;  // level 4: compare with the facts; else level 3: it restores
    std::vector<std::string> tool_dirs;
    std::string state_directory;  // scratch servers live below it
    unsigned jobs = 2;
};

/// What a connection test found, in the order of what needs what: the first that is not ok says
/// what to do; what comes behind it was not tried.
struct Probe {
    std::vector<Check> checks;
    std::vector<std::string> databases;  // that could be backed up
    std::string role_sql;  // statements that make a role with no more rights than backups need
};
BOOST_DESCRIBE_STRUCT(Probe, (), (checks, databases, role_sql))

class Engine {
public:
    virtual ~Engine() = default;
    virtual std::string_view name() const = 0;
    /// Whether a backup would work, without making one. Only a stop is an error.
    virtual Result<Probe> probe(const DumpRequest& request, const sys::Run& run) = 0;
    virtual Result<std::unique_ptr<Dump>> begin_dump(const DumpRequest& request,
                                                     const sys::Run& run) = 0;
    /// Level 2: reads every part to its end and compares its structure and hashes with the index.
    virtual Result<std::vector<Check>> inspect(PartReader& backup, const sys::Run& run) = 0;
    /// All or nothing: on error or stop the target is as it was, or what is left is named as
    /// incomplete.
    virtual Result<RestoreReport> restore(PartReader& backup, const RestoreRequest& request,
                                          const sys::Run& run) = 0;
    /// All or nothing, as restore() is; for physical backups.
    virtual Result<DirectoryReport> restore_directory(PartReader& backup,
                                                      const DirectoryRequest& request,
                                                      const sys::Run& run) = 0;
    /// What restore() would find: whether the target can be reached and take it, and what would
    /// not be as in the backup. Changes nothing; only a stop, or a backup that cannot be read, is
    /// an error.
    virtual Result<Preflight> preflight(PartReader& backup, const RestoreRequest& request,
                                        const sys::Run& run) = 0;
    /// By rename, at once and whole. Sessions in both databases are ended. Returns the name under
    /// which what was there is kept; Code::not_found when nothing carries the mark.
    virtual Result<std::string> swap_back(const SwapBackRequest& request, const sys::Run& run) = 0;
    /// Drops what carries the mark and still has a kept one's name. Code::not_found when there is
    /// none, Code::conflict when somebody uses it.
    virtual Status drop_kept(const Secret& into, const std::string& mark, const sys::Run& run) = 0;
    /// Levels 3 and 4: restores into a scratch server of the right version, without network, and
    /// cleans up. A difference is a Check that is not ok; an Error means that it could not be tried
    /// (not proven, not damaged).
    virtual Result<std::vector<Check>> rehearse(PartReader& backup, const ProofRequest& request,
                                                const sys::Run& run) = 0;
};

}  // namespace ds::engines
