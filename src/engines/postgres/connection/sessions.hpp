#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "base/result.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "sys/run.hpp"

namespace ds::engines::postgres {

/// Gives the next item to work on; nothing when all are taken.
using NextItem = std::function<std::optional<std::size_t>()>;
/// What one session does, on a thread of its own: takes items until there are none. `run` stops
/// when any session failed.
using SessionWork = std::function<Status(Connection&, const NextItem&, const sys::Run& run)>;

/// Shares items 0 … count-1 among up to `jobs` sessions, in that order. Returns when all ended,
/// with the first error.
Status share_among_sessions(const ConnectionInfo& info, unsigned jobs, std::size_t count,
                            const SessionWork& work, const sys::Run& run);

}  // namespace ds::engines::postgres
