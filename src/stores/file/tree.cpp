#include "stores/file/tree.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "base/text.hpp"

namespace ds::stores::file {
namespace {

constexpr mode_t directory_mode = 0700;
constexpr const char* another_hint = "Choose another directory for the store.";

/// `in_the_way` is what a file at this place means: to a reader only that what is below it does not
/// exist.
Error cannot_open(int number, int parent, const char* name, const std::string& shown,
                  Code in_the_way) {
    struct stat info{};
    const bool known = fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (known && S_ISLNK(info.st_mode)) {
        return fail(Code::denied, fmt::format("{} is a symbolic link", shown),
                    "Links inside a store are not followed; put the real directory there.");
    }
    if (known && !S_ISDIR(info.st_mode)) {
        return fail(in_the_way, fmt::format("{} is not a directory", shown), another_hint);
    }
    return sys::errno_error(number, fmt::format("cannot open directory {}", shown));
}

Result<sys::Fd> open_below(const sys::Fd& parent, const std::string& name, const std::string& shown,
                           Code in_the_way) {
    sys::Fd fd{openat(parent.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)};
    if (!fd) return cannot_open(errno, parent.get(), name.c_str(), shown, in_the_way);
    return fd;
}

}  // namespace

Status sync_open_directory(const sys::Fd& directory, const std::string& shown) {
    // Some network file systems cannot sync a directory and say EINVAL; they order renames
    // themselves.
    if (fsync(directory.get()) != 0 && errno != EINVAL) {
        return sys::errno_error(errno, fmt::format("cannot sync {}", shown));
    }
    return {};
}

std::string Tree::shown(std::string_view key) const { return (root_ / key).string(); }

Result<sys::Fd> Tree::open_root() const {
    sys::Fd fd{open(root_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (fd) return fd;
    if (errno == ENOTDIR)
        return fail(Code::invalid, fmt::format("{} is not a directory", root_.string()),
                    another_hint);
    return sys::errno_error(errno, fmt::format("cannot open directory {}", root_.string()));
}

Status Tree::make_root() const {
    auto missing = root_;
    while (missing.has_relative_path() && access(missing.c_str(), F_OK) != 0)
        missing = missing.parent_path();
    DS_DO(sys::make_directories(root_, directory_mode));
    for (auto made = root_; made != missing && made.has_relative_path();
         made = made.parent_path()) {
        DS_DO(sys::sync_directory(made.parent_path()));
    }
    return {};
}

Result<Place> Tree::reach(const std::string& key, bool create) const {
    auto directory = open_root();
    if (!directory && create && directory.error().code() == Code::not_found) {
        DS_DO(make_root());
        directory = open_root();
    }
    if (!directory) return Error{directory.error()};

    const auto segments = split(key, '/');
    std::string walked;
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
        walked += (i == 0 ? "" : "/") + segments[i];
        const auto where = shown(walked);
        if (create) {
            if (mkdirat(directory->get(), segments[i].c_str(), directory_mode) == 0) {
                DS_DO(sync_open_directory(*directory, where));
            } else if (errno != EEXIST) {
                return sys::errno_error(errno, fmt::format("cannot create directory {}", where));
            }
        }
        DS_TRY(auto next, open_below(*directory, segments[i], where,
                                     create ? Code::invalid : Code::not_found));
        directory = std::move(next);
    }
    return Place{std::move(*directory), segments.back(), shown(key)};
}

Result<Place> Tree::find(const std::string& key) const { return reach(key, false); }

Result<Place> Tree::make(const std::string& key) const {
    // prune() of another thread may remove a directory just before we go into it.
    for (int attempt = 0;; ++attempt) {
        auto place = reach(key, true);
        if (place || place.error().code() != Code::not_found || attempt == 20) return place;
    }
}

Result<sys::Fd> Tree::open_directory(std::string_view path) const {
    if (path.empty()) return open_root();
    DS_TRY(const auto place, find(std::string{path}));
    return open_below(place.directory, place.name, place.shown, Code::not_found);
}

void Tree::prune(const std::string& key) const {
    for (auto above = key; above.find('/') != std::string::npos;) {
        above.resize(above.rfind('/'));
        const auto place = find(above);
        if (!place || unlinkat(place->directory.get(), place->name.c_str(), AT_REMOVEDIR) != 0)
            return;
    }
}

}  // namespace ds::stores::file
