#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "archive/writer.hpp"
#include "engines/engine.hpp"
#include "stores/store.hpp"
#include "sys/files.hpp"
#include "sys/run.hpp"

namespace ds::jobs {

struct BackupOrder {
    engines::DumpRequest dump;
    std::vector<stores::Store*> stores;
    archive::Recipe recipe;
    sys::fs::path state;  // signing key, run locks, what was seen
    /// Told where the backup will lie, before anything of it is stored; an error ends it.
    std::function<Status(const archive::Place&)> on_place = {};
    /// Asked just before the manifest makes it a backup; an error ends it, and nothing stays.
    std::function<Status()> may_end = {};
};

struct BackupReport {
    archive::Manifest manifest;
    std::vector<archive::Copy> copies;
    std::size_t swept = 0;  // leftovers of dead runs that were removed first
    std::vector<std::string> notes;
    std::chrono::milliseconds duration{};

    bool everywhere() const;
};

/// Backs up one database to every store at once. Succeeds when at least one copy is complete; an
/// Error means that no store holds anything of it.
Result<BackupReport> back_up(const BackupOrder& order, engines::Engine& engine,
                             const sys::Run& run);

}  // namespace ds::jobs
