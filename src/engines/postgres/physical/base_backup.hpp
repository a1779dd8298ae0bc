#pragma once

#include <memory>

#include "engines/engine.hpp"

namespace ds::engines::postgres {

/// A physical backup of a whole cluster over the replication protocol: "base.tar", a tar for each
/// tablespace, "backup-manifest" as the server wrote it (before 13: as it would have), and
/// "files.jsonl", which says where each file lies in the tars. The log that is needed to start it
/// is in base.tar. A slot of our own keeps that log on the server meanwhile.
Result<std::unique_ptr<Dump>> begin_base_backup(const DumpRequest& request, const sys::Run& run);

/// Names of parts.
inline constexpr const char* base_part = "base.tar";
inline constexpr const char* manifest_part = "backup-manifest";
inline constexpr const char* files_part = "files.jsonl";
std::string tablespace_part(const std::string& oid);

/// A line of "files.jsonl".
struct StoredFile {
    std::string path;          // below the data directory
    std::string part;          // the tar that has it
    std::uint64_t offset = 0;  // of its contents in the plain bytes of the part
    std::uint64_t bytes = 0;
    std::uint64_t changed = 0;  // seconds since 1970
    std::uint32_t crc32c = 0;
};
BOOST_DESCRIBE_STRUCT(StoredFile, (), (path, part, offset, bytes, changed, crc32c))

/// What the facts of a physical backup say; the engine's own, encrypted part.
struct BaseFacts {
    std::string method = "physical";
    std::string system;
    std::string user;  // who made it, and can sign in to what is restored
    std::uint64_t timeline = 0;
    std::string began, ended;          // positions in the log
    std::uint64_t server_version = 0;  // 170010
    std::uint64_t wal_segment_bytes = 0;
    bool data_checksums = false;
    std::uint64_t files = 0, pages = 0, pages_damaged = 0;
    struct Tablespace {
        std::string oid, location, part;
    };
    std::vector<Tablespace> tablespaces;
};
BOOST_DESCRIBE_STRUCT(BaseFacts::Tablespace, (), (oid, location, part))
BOOST_DESCRIBE_STRUCT(BaseFacts, (),
                      (method, system, user, timeline, began, ended, server_version,
                       wal_segment_bytes, data_checksums, files, pages, pages_damaged, tablespaces))

}  // namespace ds::engines::postgres
