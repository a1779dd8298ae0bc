#pragma once

#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"

namespace ds::engines::postgres {

/// Engine::inspect(): follows the whole dump again and compares it with its index and with the
/// facts; every row must have as many columns as its COPY statement names; other parts are read to
/// their end. A stored part that cannot be read at all is an Error, unless it is corrupt, which is
/// a Check.
Result<std::vector<Check>> inspect(PartReader& backup, const sys::Run& run);

}  // namespace ds::engines::postgres
