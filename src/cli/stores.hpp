#pragma once

#include <memory>

#include "archive/shelf.hpp"
#include "cli/commands.hpp"
#include "stores/all.hpp"

namespace ds::cli {

/// A store that something is to be read from. A directory that does not exist is Code::not_found: a
/// wrong name or a disk that is not mounted must not look like a store without backups.
Result<std::unique_ptr<stores::Store>> open_existing(const std::string& url, const sys::Run& run);

/// A store and one backup in it, as a command names them.
struct Chosen {
    std::unique_ptr<stores::Store> store;
    archive::Stored backup;
};
Result<Chosen> choose(const BackupChoice& choice, const sys::Run& run);

}  // namespace ds::cli
