#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/sha256.hpp"
#include "engines/postgres/physical/cluster_files.hpp"

/// PostgreSQL's own list of what a base backup holds (PostgreSQL manual, "Backup Manifest Format").
namespace ds::engines::postgres {

struct WalRange {
    std::uint64_t timeline = 0;
    Lsn begin = 0, end = 0;
};

struct ManifestFile {
    std::string path;
    std::uint64_t bytes = 0;
    std::optional<std::uint32_t> crc32c;  // nothing: another algorithm, or none
};

/// Reads a manifest line by line, as it goes by: the server writes one file on each. Memory is one
/// line. Code::corrupt for what is no manifest or was changed.
class ManifestReader {
public:
    using OnFile = std::function<Status(ManifestFile)>;
    explicit ManifestReader(OnFile on_file) : on_file_{std::move(on_file)} {}

    Status add(View bytes);
    Status finish();
    const std::vector<WalRange>& wal_ranges() const { return wal_ranges_; }
    /// "" before version 2.
    const std::string& system() const { return system_; }

private:
    OnFile on_file_;
    crypto::Sha256 sum_;
    std::string line_;
    std::vector<WalRange> wal_ranges_;
    std::string system_;
    bool closed_ = false;

    Status take_line();
};

/// The manifest that a server before 13 would have written, had it known how.
std::string written_manifest(const std::vector<ClusterFile>& files, const WalRange& range);

/// Holds the files that came against those of the manifest: each must be there as it says, and no
/// other beside the log's.
class ManifestCheck {
public:
    /// Sorts the files by path.
    explicit ManifestCheck(std::vector<ClusterFile>& files);
    Status take(const ManifestFile& file);
    Status finish() const;

private:
    const std::vector<ClusterFile>& files_;
    std::vector<bool> named_;
};

}  // namespace ds::engines::postgres
