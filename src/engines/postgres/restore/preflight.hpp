#pragma once

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/restore/target_state.hpp"

namespace ds::engines::postgres {

/// Whether a whole backup may go there: rights, what is there already, and who is in it.
Status check_target(const TargetState& target, bool replace);

/// Engine::preflight(), by the very checks that a restore makes.
Result<Preflight> preflight(PartReader& backup, const RestoreRequest& request, const sys::Run& run);

}  // namespace ds::engines::postgres
