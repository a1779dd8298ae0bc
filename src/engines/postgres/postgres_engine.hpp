#pragma once

#include "engines/engine.hpp"

namespace ds::engines::postgres {

/// PostgreSQL 12 and newer, by logical dumps. Has no state: may be used from any thread.
Engine& postgres_engine();

}  // namespace ds::engines::postgres
