#include "sys/files.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::sys {
namespace {

Code code_of(int number) {
    switch (number) {
        case ENOENT: return Code::not_found;
        case EEXIST: return Code::exists;
        case EACCES:
        case EPERM:
        case EROFS: return Code::denied;
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
        case EMFILE:
        case ENFILE:
        case ENOMEM: return Code::exhausted;
        case EINVAL:
        case ENOTDIR:
        case EISDIR:
        case ENAMETOOLONG:
        case ELOOP: return Code::invalid;
        case ETIMEDOUT: return Code::timeout;
        default: return Code::unavailable;
    }
}

std::string hint_of(int number) {
    switch (number) {
        case ENOSPC: return "Free some space there, or choose another place.";
        case EDQUOT: return "The disk quota of this user is used up.";
        case EROFS: return "The file system is mounted read-only.";
        case EACCES:
        case EPERM: return "Check the owner and mode of the file and of the directories above it.";
        default: return {};
    }
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
    if (this != &other) {
        reset();
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

void Fd::reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

Error errno_error(int number, std::string what) {
    return {code_of(number), what + ": " + lower(std::strerror(number)), hint_of(number)};
}

Result<std::size_t> read_some(int fd, Room room, std::string_view what) {
    for (;;) {
        const auto got = ::read(fd, room.data(), room.size());
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) return errno_error(errno, "cannot read " + std::string{what});
    }
}

Status write_all(int fd, View bytes, std::string_view what) {
    while (!bytes.empty()) {
        const auto put = ::write(fd, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return errno_error(errno, "cannot write " + std::string{what});
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Result<Bytes> read_file(const fs::path& path, std::size_t bytes_max) {
    const Fd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd) return errno_error(errno, "cannot open " + path.string());
    Bytes bytes;
    std::byte buffer[16 * KiB];
    for (;;) {
        DS_TRY(const auto got, read_some(fd.get(), buffer, path.string()));
        if (got == 0) return bytes;
        if (bytes.size() + got > bytes_max) {
            return fail(Code::exhausted,
                        path.string() + " is larger than " + human_bytes(bytes_max));
        }
        append(bytes, View{buffer, got});
    }
}

Status write_file(const fs::path& path, View bytes, mode_t mode) {
    const auto directory = path.has_parent_path() ? path.parent_path() : fs::path{"."};
    const auto temp = directory / (".tmp-" + to_hex(random_bytes(8)));
    Status status = [&]() -> Status {
        const Fd fd{::open(temp.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
        if (!fd) return errno_error(errno, "cannot create " + path.string());
        // The umask may have taken rights away that the caller asked for, and never adds any.
        if (::fchmod(fd.get(), mode) != 0)
            return errno_error(errno, "cannot set the mode of " + path.string());
        DS_DO(write_all(fd.get(), bytes, path.string()));
        if (::fsync(fd.get()) != 0) return errno_error(errno, "cannot sync " + path.string());
        if (::rename(temp.c_str(), path.c_str()) != 0)
            return errno_error(errno, "cannot create " + path.string());
        return sync_directory(directory);
    }();
    if (!status) ::unlink(temp.c_str());
    return status;
}

Status make_directories(const fs::path& path, mode_t mode) {
    if (path.empty() || path == "/") return {};
    struct stat info{};
    if (::stat(path.c_str(), &info) == 0) {
        if (S_ISDIR(info.st_mode)) return {};
        return fail(Code::invalid, path.string() + " is not a directory");
    }
    DS_DO(make_directories(path.parent_path(), mode));
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) {
        return errno_error(errno, "cannot create directory " + path.string());
    }
    return {};
}

Status sync_directory(const fs::path& path) {
    const Fd fd{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd) return errno_error(errno, "cannot open directory " + path.string());
    // Some network file systems cannot sync a directory and say EINVAL; they order renames
    // themselves.
    if (::fsync(fd.get()) != 0 && errno != EINVAL)
        return errno_error(errno, "cannot sync " + path.string());
    return {};
}

Result<Fd> memory_file(const char* name, View bytes) {
    Fd fd{::memfd_create(name, MFD_CLOEXEC)};
    if (!fd) return errno_error(errno, "cannot create a file in memory");
    if (::fchmod(fd.get(), 0600) != 0) return errno_error(errno, "cannot protect a file in memory");
    DS_DO(write_all(fd.get(), bytes, "a file in memory"));
    if (::lseek(fd.get(), 0, SEEK_SET) != 0)
        return errno_error(errno, "cannot rewind a file in memory");
    return fd;
}

fs::path state_directory() {
    const auto get = [](const char* name) -> fs::path {
        const char* value = std::getenv(name);
        return value == nullptr ? "" : value;
    };
    if (const auto chosen = get("DUMPSTATION_STATE"); !chosen.empty()) return chosen;
    if (::geteuid() == 0) return "/var/lib/dumpstation";
    if (const auto xdg = get("XDG_STATE_HOME"); !xdg.empty()) return xdg / "dumpstation";
    return get("HOME") / ".local/state/dumpstation";
}

Result<std::string> environment_or_file(const std::string& name) {
    if (const char* value = std::getenv(name.c_str())) return std::string{value};
    const char* path = std::getenv((name + "_FILE").c_str());
    if (path == nullptr) return std::string{};
    auto bytes = read_file(path, 64 * KiB);
    if (!bytes)
        return std::move(bytes.error()).while_doing("reading the file named by " + name + "_FILE");
    std::string text{text_of(*bytes)};
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

}  // namespace ds::sys
