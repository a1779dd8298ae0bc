#include "stores/file/file_store.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.hpp"
#include "stores/file/file_sink.hpp"

namespace ds::stores::file {
namespace {

constexpr int depth_max = 64;

std::chrono::system_clock::time_point modified(const struct stat& info) {
    using namespace std::chrono;
    return system_clock::time_point{duration_cast<system_clock::duration>(
        seconds{info.st_mtim.tv_sec} + nanoseconds{info.st_mtim.tv_nsec})};
}

Error not_there(const std::string& shown) {
    return fail(Code::not_found, fmt::format("{} does not exist", shown));
}

/// A regular file's facts. Anything else under that name is an error that says what it is.
Result<struct stat> look_at(const Place& place) {
    struct stat info{};
    if (fstatat(place.directory.get(), place.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return not_there(place.shown);
        return sys::errno_error(errno, fmt::format("cannot look at {}", place.shown));
    }
    if (S_ISREG(info.st_mode)) return info;
    if (S_ISDIR(info.st_mode)) return not_there(place.shown);
    return fail(Code::denied, fmt::format("{} is not a regular file", place.shown),
                "Links and devices inside a store are not followed.");
}

class FileSource final : public stream::Source {
public:
    FileSource(sys::Fd file, std::string shown, std::uint64_t left, const sys::Run& run)
        : file_{std::move(file)}, shown_{std::move(shown)}, left_{left}, run_{run} {}

    Result<std::size_t> read(Room room) override {
        DS_DO(run_.check());
        const auto count = std::min<std::uint64_t>(room.size(), left_);
        if (count == 0) return 0;
        DS_TRY(const auto got,
               sys::read_some(file_.get(), room.first(static_cast<std::size_t>(count)), shown_));
        if (got == 0)
            return fail(Code::corrupt, fmt::format("{} became shorter while it was read", shown_));
        left_ -= got;
        return got;
    }

private:
    sys::Fd file_;
    const std::string shown_;
    std::uint64_t left_;
    const sys::Run run_;
};

struct CloseDir {
    void operator()(DIR* dir) const { closedir(dir); }
};

/// Visits the regular files below a directory, temporary ones too, depth first.
class Walk {
public:
    using Visit = std::function<Status(const Place&, const std::string& key)>;
    Walk(const Tree& tree, const std::string& prefix, const Visit& visit, const sys::Run& run)
        : tree_{tree}, prefix_{prefix}, visit_{visit}, run_{run} {}

    Status directory(sys::Fd fd, const std::string& above, int depth) {
        if (depth > depth_max)
            return fail(Code::invalid, fmt::format("{} is too deep", tree_.shown(above)));
        const std::unique_ptr<DIR, CloseDir> dir{fdopendir(dup_of(fd))};
        if (!dir) return sys::errno_error(errno, fmt::format("cannot list {}", tree_.shown(above)));
        for (;;) {
            DS_DO(run_.check());
            errno = 0;
            const auto* entry = readdir(dir.get());
            if (entry == nullptr && errno != 0) {
                return sys::errno_error(errno, fmt::format("cannot list {}", tree_.shown(above)));
            }
            if (entry == nullptr) return {};
            const auto key =
                above.empty() ? std::string{entry->d_name} : above + "/" + entry->d_name;
            // Names that no key can have are somebody else's, as lost+found.
            if (check_key(key)) DS_DO(item(fd, entry->d_name, key, depth));
        }
    }

private:
    const Tree& tree_;
    const std::string& prefix_;
    const Visit& visit_;
    const sys::Run& run_;

    static int dup_of(const sys::Fd& fd) { return fcntl(fd.get(), F_DUPFD_CLOEXEC, 0); }

    /// Whether keys below directory `key` can begin with the prefix.
    bool leads_to_prefix(const std::string& key) const {
        const auto below = key + "/";
        return below.starts_with(prefix_) || prefix_.starts_with(below);
    }

    Status item(const sys::Fd& parent, const char* name, const std::string& key, int depth) {
        struct stat info{};
        if (fstatat(parent.get(), name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT) return {};  // removed meanwhile
            return sys::errno_error(errno, fmt::format("cannot look at {}", tree_.shown(key)));
        }
        if (S_ISDIR(info.st_mode)) {
            if (!leads_to_prefix(key)) return {};
            sys::Fd fd{openat(parent.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
            if (!fd && errno == ENOENT) return {};
            if (!fd)
                return sys::errno_error(errno,
                                        fmt::format("cannot open directory {}", tree_.shown(key)));
            return directory(std::move(fd), key, depth + 1);
        }
        if (!S_ISREG(info.st_mode)) return {};
        return visit_(Place{sys::Fd{dup_of(parent)}, name, tree_.shown(key)}, key);
    }
};

bool is_temp(std::string_view name) { return name.starts_with(temp_prefix); }

/// Removes a temporary file unless its writer lives: that one holds the lock.
Result<bool> remove_abandoned(const Place& place) {
    const sys::Fd file{
        openat(place.directory.get(), place.name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    if (file && flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
    if (unlinkat(place.directory.get(), place.name.c_str(), 0) == 0) return true;
    if (errno == ENOENT) return false;
    return sys::errno_error(errno, fmt::format("cannot remove {}", place.shown));
}

Result<std::unique_ptr<Store>> open_file_store(const net::Url& url, const sys::Run& run,
                                               const net::Outgoing&) {
    if (!url.host.empty() && url.host != "localhost") {
        return fail(Code::invalid, "a directory on another machine cannot be reached by file://",
                    "Write an absolute path with three slashes: file:///directory.");
    }
    if (url.path.empty())
        return fail(Code::invalid, "the directory is missing", "Write file:///directory.");
    return std::make_unique<FileStore>(sys::fs::path{url.path}.lexically_normal(), run);
}

}  // namespace

Traits FileStore::traits() const { return {"file://" + tree_.root().string(), true}; }

Result<stream::SinkPtr> FileStore::create(const std::string& key, const PutOptions& options) {
    DS_DO(check_key(key));
    if (key.find(temp_prefix) != std::string::npos) {
        return fail(Code::invalid,
                    fmt::format("'{}' is kept for files that are being written", key));
    }
    return create_file(tree_, key, options.only_if_absent, run_);
}

Result<stream::SourcePtr> FileStore::open(const std::string& key, Range range) {
    DS_DO(check_key(key));
    DS_TRY(const auto place, tree_.find(key));
    DS_DO(look_at(place));
    sys::Fd file{
        openat(place.directory.get(), place.name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
    struct stat info{};
    if (!file || fstat(file.get(), &info) != 0) {
        return sys::errno_error(errno, fmt::format("cannot open {}", place.shown));
    }
    const auto size = static_cast<std::uint64_t>(info.st_size);
    const auto begin = std::min(range.offset, size);
    const auto count = std::min(range.bytes.value_or(size), size - begin);
    if (lseek(file.get(), static_cast<off_t>(begin), SEEK_SET) < 0) {
        return sys::errno_error(errno, fmt::format("cannot read {}", place.shown));
    }
    return std::make_unique<FileSource>(std::move(file), place.shown, count, run_);
}

Result<ObjectInfo> FileStore::stat(const std::string& key) {
    DS_DO(check_key(key));
    DS_TRY(const auto place, tree_.find(key));
    DS_TRY(const auto info, look_at(place));
    return ObjectInfo{key, static_cast<std::uint64_t>(info.st_size), modified(info)};
}

Status FileStore::walk(const std::string& prefix, const Walk::Visit& visit) {
    // Begin as deep as the prefix allows: "a/b/c" can only match below a/b.
    const auto slash = prefix.rfind('/');
    const auto above = slash == std::string::npos ? std::string{} : prefix.substr(0, slash);
    if (!above.empty() && !check_key(above)) return {};
    auto directory = tree_.open_directory(above);
    if (!directory) {
        if (directory.error().code() == Code::not_found) return {};
        return Error{directory.error()};
    }
    return Walk{tree_, prefix, visit, run_}.directory(std::move(*directory), above, 0);
}

Status FileStore::list(const std::string& prefix,
                       const std::function<Status(const ObjectInfo&)>& visit) {
    return walk(prefix, [&](const Place& place, const std::string& key) -> Status {
        if (!key.starts_with(prefix) || is_temp(place.name)) return {};
        const auto info = look_at(place);
        if (!info) {
            if (info.error().code() == Code::not_found) return {};
            return Error{info.error()};
        }
        return visit({key, static_cast<std::uint64_t>(info->st_size), modified(*info)});
    });
}

Status FileStore::remove(const std::string& key) {
    DS_DO(check_key(key));
    const auto place = tree_.find(key);
    if (!place) {
        if (place.error().code() == Code::not_found) return {};
        return Error{place.error()};
    }
    if (unlinkat(place->directory.get(), place->name.c_str(), 0) != 0) {
        if (errno == ENOENT || errno == EISDIR) return {};
        return sys::errno_error(errno, fmt::format("cannot remove {}", place->shown));
    }
    DS_DO(sync_open_directory(place->directory, place->shown));
    tree_.prune(key);
    return {};
}

Result<std::size_t> FileStore::sweep(const std::string& prefix, std::chrono::seconds age) {
    std::size_t removed = 0;
    const auto newest = run_.clock.now() - age;
    DS_DO(walk(prefix, [&](const Place& place, const std::string& key) -> Status {
        // The name that the file was to get is unknown, so its directory decides.
        const auto directory = key.substr(0, key.size() - place.name.size());
        if (!is_temp(place.name) ||
            !(directory.starts_with(prefix) || prefix.starts_with(directory)))
            return {};
        const auto info = look_at(place);
        if (!info || modified(*info) > newest) return {};
        DS_TRY(const bool gone, remove_abandoned(place));
        if (gone) ++removed;
        return {};
    }));
    return removed;
}

const Driver driver{"file", "Directory on this machine or a mounted disk", {}, &open_file_store};

}  // namespace ds::stores::file
