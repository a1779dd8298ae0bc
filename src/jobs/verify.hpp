#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "archive/verifier.hpp"
#include "engines/engine.hpp"
#include "sys/files.hpp"

namespace ds::jobs {

/// 1 stored intact · 2 structurally valid · 3 restores · 4 equal to the source. Each level includes
/// those below.
constexpr int level_max = 4;

struct VerifyOrder {
    int level = 1;
    std::vector<crypto::Identity> identities;
    std::vector<std::string> trusted_signers;  // besides those that this machine knows
    std::vector<std::string> tool_dirs;
    sys::fs::path state;
    /// Whether a backup that this machine has seen there was removed on purpose.
    std::function<bool(const archive::Sighting&)> was_removed = {};
};

struct VerifyReport {
    archive::Manifest manifest;
    int level = 0;  // the highest level that was passed
    std::vector<archive::Damage> damages;
    std::vector<engines::Check> checks;
    std::vector<std::string> notes;
    std::uint64_t bytes_read = 0;
    std::chrono::milliseconds duration{};

    bool damaged() const;
};

/// Verifies one stored backup. Damage is in the report; an Error means that it could not be tried.
Result<VerifyReport> verify(const VerifyOrder& order, stores::Store& store,
                            const archive::Stored& backup, const sys::Run& run);

}  // namespace ds::jobs
