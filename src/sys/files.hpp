#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace ds::sys {

namespace fs = std::filesystem;

/// Owns a file descriptor and closes it.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_{fd} {}
    Fd(Fd&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
    Fd& operator=(Fd&& other) noexcept;
    ~Fd() { reset(); }

    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    void reset();

private:
    int fd_ = -1;
};

/// The Code and words of an errno: "cannot open /x: permission denied". `what` has the path.
Error errno_error(int number, std::string what);

/// Reads up to `room.size()` bytes, going on after signals; 0 = end.
Result<std::size_t> read_some(int fd, Room room, std::string_view what);
/// Writes all of it, going on after short writes and signals.
Status write_all(int fd, View bytes, std::string_view what);

/// A whole small file; larger than `bytes_max` is an error.
Result<Bytes> read_file(const fs::path& path, std::size_t bytes_max);
/// Appears whole or not at all: temp name beside it, fsync, rename, fsync of the directory.
Status write_file(const fs::path& path, View bytes, mode_t mode = 0644);
/// Creates the directory and missing parents with `mode`.
Status make_directories(const fs::path& path, mode_t mode = 0755);
/// fsync of a directory, so that names in it survive a crash.
Status sync_directory(const fs::path& path);

/// An unnamed file in memory, readable by children at /proc/self/fd/N, holding `bytes` and rewound.
Result<Fd> memory_file(const char* name, View bytes);

/// Where this user keeps our state: $DUMPSTATION_STATE, else /var/lib/dumpstation for root, else
/// $XDG_STATE_HOME/dumpstation or ~/.local/state/dumpstation. Not created here.
fs::path state_directory();

/// $NAME, or the contents of the file named by $NAME_FILE without its last newline, or empty.
Result<std::string> environment_or_file(const std::string& name);

}  // namespace ds::sys
