#pragma once

#include <memory>

#include "archive/shelf.hpp"
#include "cli/commands.hpp"
#include "stores/all.hpp"

namespace ds::cli {

/// A store and one backup in it, as a command names them.
struct Chosen {
    std::unique_ptr<stores::Store> store;
    archive::Stored backup;
};
Result<Chosen> choose(const BackupChoice& choice, const sys::Run& run);

}  // namespace ds::cli
