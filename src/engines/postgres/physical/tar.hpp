#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

/// The tar files of a base backup: POSIX ustar, as src/port/tar.c writes it. What comes from a
/// store or from a server may be anything, so that every path is checked before anybody sees it.
namespace ds::engines::postgres {

constexpr std::size_t tar_block_bytes = 512;

struct TarEntry {
    enum class Kind { file, directory };
    std::string path;  // relative, without "..": "base/5/16384"
    Kind kind = Kind::file;
    std::uint64_t bytes = 0;
    std::uint64_t offset = 0;   // of its contents in the tar
    std::uint64_t changed = 0;  // seconds since 1970
};

/// Told what goes by, in order. An error ends the reading and is given back.
class TarVisitor {
public:
    virtual ~TarVisitor() = default;
    virtual Status begin(const TarEntry& entry) = 0;
    /// Contents of the file that was begun, in pieces of any size.
    virtual Status contents(View bytes) = 0;
    virtual Status end() = 0;
};

/// Takes a tar in pieces of any size. Memory is one header. Code::corrupt for what is no tar, for
/// paths that lead elsewhere, and for anything but files and directories.
class TarReader {
public:
    explicit TarReader(TarVisitor& visitor) : visitor_{visitor} {}

    Status add(View bytes);
    /// Code::corrupt when something is missing. A tar need not have its two empty blocks: servers
    /// before 15 leave them out.
    Status finish();
    /// Whether the two empty blocks came.
    bool is_closed() const { return empty_blocks_ >= 2; }
    std::uint64_t bytes() const { return at_; }

private:
    TarVisitor& visitor_;
    Bytes header_;
    std::uint64_t at_ = 0;        // bytes seen
    std::uint64_t contents_ = 0;  // to come of the file
    std::uint64_t padding_ = 0;   // to come behind it
    bool in_file_ = false;
    int empty_blocks_ = 0;

    Status take_header();
    Status begin(TarEntry entry);
    Status end();
};

/// Two empty blocks, which close a tar.
View tar_end();

}  // namespace ds::engines::postgres
