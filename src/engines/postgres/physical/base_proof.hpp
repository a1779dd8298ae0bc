#pragma once

#include "engines/engine.hpp"

namespace ds::engines::postgres {

/// Level 2 of a physical backup: every byte of the tars is read, each file held against the backup
/// manifest, and each page of a relation against its checksum.
Result<std::vector<Check>> inspect_base(PartReader& backup, const sys::Run& run);

/// Levels 3 and 4: a scratch server starts on it and replays its log to a consistent state; every
/// database can be entered; with `compare` every table is read.
Result<std::vector<Check>> rehearse_base(PartReader& backup, const ProofRequest& request,
                                         const sys::Run& run);

}  // namespace ds::engines::postgres
