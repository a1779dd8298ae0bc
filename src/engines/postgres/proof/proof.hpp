#pragma once

#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"

namespace ds::engines::postgres {

/// Engine::rehearse(): restores into a private server of the backup's major version, with the same
/// code as restore(). With request.compare also compares every row, object and sequence with the
/// facts, and checks every index against its table. What keeps it from being tried here (no
/// programs, no room, an extension that is not installed, a server that dies) is an Error; what is
/// wrong with the backup is a Check.
Result<std::vector<Check>> rehearse(PartReader& backup, const ProofRequest& request,
                                    const sys::Run& run);

}  // namespace ds::engines::postgres
