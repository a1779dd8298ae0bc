#pragma once

#include <string>
#include <string_view>

#include <sys/stat.h>

#include "base/result.hpp"
#include "sys/files.hpp"

namespace ds::stores::file {

/// Begins the names of files that are still being written. No key segment that we list begins so.
constexpr std::string_view temp_prefix = ".tmp-";

/// Where an object lies: its directory, open, and the name in it.
struct Place {
    sys::Fd directory;
    std::string name;
    std::string shown;  // the whole path, for messages
};

/// A directory and what is below it, reached segment by segment without following symbolic links,
/// so nobody who can write there leads us out. The root itself may be a link: that one is the
/// user's word.
class Tree {
public:
    explicit Tree(sys::fs::path root) : root_{std::move(root)} {}
    const sys::fs::path& root() const { return root_; }

    /// Code::not_found when a directory on the way is missing.
    Result<Place> find(const std::string& key) const;
    /// Creates missing directories, also the root, with mode 0700 and durably.
    Result<Place> make(const std::string& key) const;
    /// The directory itself; `path` is empty for the root.
    Result<sys::Fd> open_directory(std::string_view path) const;
    /// Removes the directories above `key` that are empty, not the root. Best effort.
    void prune(const std::string& key) const;

    std::string shown(std::string_view key) const;

private:
    sys::fs::path root_;

    Result<sys::Fd> open_root() const;
    Status make_root() const;
    Result<Place> reach(const std::string& key, bool create) const;
};

/// fsync of an open directory.
Status sync_open_directory(const sys::Fd& directory, const std::string& shown);

}  // namespace ds::stores::file
