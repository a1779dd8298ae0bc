#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engines/postgres/physical/crc32c.hpp"
#include "engines/postgres/physical/page.hpp"
#include "engines/postgres/physical/tar.hpp"
#include "stream/stream.hpp"

/// The files of a cluster, as they go by in the tars of a base backup.
namespace ds::engines::postgres {

struct ClusterFile {
    std::string path;  // below the data directory: "base/5/16384", "pg_tblspc/16401/PG_17…/5/16402"
    std::uint32_t tar = 0;     // which of the tars
    std::uint64_t offset = 0;  // of the contents in the tar
    std::uint64_t bytes = 0;
    std::uint64_t changed = 0;  // seconds since 1970
    std::uint32_t crc32c = 0;
};

struct DamagedPage {
    std::string path;
    std::uint32_t block = 0;
};

/// Looks at every byte of the tars: notes the files and their checksums, and checks the pages of
/// relations. Memory grows with the number of files, some hundred bytes each.
class ClusterFiles final : public TarVisitor {
public:
    /// Without `checks_pages` the cluster has none to check.
    ClusterFiles(Lsn began, bool checks_pages) : began_{began}, checks_pages_{checks_pages} {}

    /// The files of the next tar lie below `directory`: "" or "pg_tblspc/16401".
    void begin_tar(const std::string& directory);

    Status begin(const TarEntry& entry) override;
    Status contents(View bytes) override;
    Status end() override;

    std::vector<ClusterFile>& files() { return files_; }
    const std::vector<ClusterFile>& files() const { return files_; }
    std::uint64_t pages() const { return pages_; }
    std::uint64_t pages_damaged() const { return pages_damaged_; }
    /// The first of them.
    const std::vector<DamagedPage>& damaged() const { return damaged_; }
    /// Code::corrupt when a file is missing that every cluster has, or the control file is damaged.
    Status check_whole() const;

private:
    Lsn began_;
    bool checks_pages_;
    std::vector<ClusterFile> files_;
    std::string directory_;
    std::uint32_t tars_ = 0;

    ClusterFile file_;
    bool in_file_ = false, has_pages_ = false;
    std::uint32_t block_ = 0;
    Crc32c sum_;
    Bytes page_, control_;
    bool is_control_ = false, control_is_whole_ = false;
    std::uint64_t pages_ = 0, pages_damaged_ = 0;
    std::vector<DamagedPage> damaged_;

    void take_page(View page);
    void add_pages(View bytes);
};

/// Whether these are the bytes of a control file whose own checksum is right (ControlFileData in
/// src/include/catalog/pg_control.h; where the checksum lies differs between versions).
bool is_sound_control_file(View bytes);

}  // namespace ds::engines::postgres
