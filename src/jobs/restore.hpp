#pragma once

#include <chrono>
#include <vector>

#include "archive/shelf.hpp"
#include "crypto/age.hpp"
#include "engines/engine.hpp"

namespace ds::jobs {

struct RestoreOrder {
    engines::RestoreRequest restore;
    std::vector<crypto::Identity> identities;
};

struct RestoreOutcome {
    engines::RestoreReport report;
    std::chrono::milliseconds duration{};
};

/// Restores one stored backup. On error the target is as it was, or what is left is named as
/// incomplete.
Result<RestoreOutcome> restore(const RestoreOrder& order, stores::Store& store,
                               const archive::Stored& backup, const sys::Run& run);

/// The same of a physical backup, into a data directory.
Result<engines::DirectoryReport> restore_directory(const engines::DirectoryRequest& request,
                                                   const std::vector<crypto::Identity>& identities,
                                                   stores::Store& store,
                                                   const archive::Stored& backup,
                                                   const sys::Run& run);

}  // namespace ds::jobs
