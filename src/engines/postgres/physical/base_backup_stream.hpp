#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/physical/page.hpp"

namespace ds::engines::postgres {

/// Who the server is, as its replication protocol tells (IDENTIFY_SYSTEM, SHOW).
struct ClusterIdentity {
    std::string system;  // "7401938…"
    std::uint64_t timeline = 0;
    bool data_checksums = false;
    std::uint64_t wal_segment_bytes = 0;
};
Result<ClusterIdentity> identify(Connection& replication);

/// The statement for a server of this version; 12 to 14 have another form than 15 and newer.
std::string base_backup_command(int version, const std::string& label);

/// A slot that keeps the log for as long as its connection lives.
Status reserve_log(Connection& replication, const std::string& slot);

/// BASE_BACKUP's answer, whichever form it has: tars one after the other, then the manifest
/// (PostgreSQL manual, "Streaming Replication Protocol"). One thread at a time.
class BaseBackupStream {
public:
    struct Tablespace {
        std::string oid;       // "" of the data directory itself
        std::string location;  // "" of the data directory itself
        std::uint64_t bytes_estimate = 0;
    };
    struct Position {
        Lsn lsn = 0;
        std::uint64_t timeline = 0;
    };

    /// Begins the backup. `replication` outlives it.
    static Result<BaseBackupStream> begin(Connection& replication, const std::string& label);

    Position began() const { return began_; }
    const std::vector<Tablespace>& tablespaces() const { return tablespaces_; }

    enum class Next { tar, manifest, end };
    /// Goes on to the next stream; the one before it was read to its end.
    Result<Next> next();
    /// The tablespace of the tar.
    const Tablespace& tablespace() const { return tablespaces_.at(tar_); }
    /// Bytes of the tar or the manifest, good until the next call; empty: it has ended.
    Result<View> read();
    /// After the end. What the server tells at the very end makes it a backup.
    Result<Position> finish();

private:
    enum class State { between, in_stream, over };

    explicit BaseBackupStream(Connection& replication) : replication_{&replication} {}

    Connection* replication_;
    Position began_;
    std::vector<Tablespace> tablespaces_;
    std::size_t tar_ = 0, tars_begun_ = 0;
    State state_ = State::between;
    std::optional<Next> announced_;  // by a message of the stream before it
    bool one_copy_ = false;          // 15 and newer: all streams in one copy
    bool in_copy_ = false;
    bool manifest_begun_ = false;

    Result<Rows> expect_rows();
    Status begin_copy();
    Result<View> read_marked();
    Result<Next> announce(Next next);
};

}  // namespace ds::engines::postgres
