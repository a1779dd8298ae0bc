#pragma once

#include "cli/commands.hpp"
#include "cli/remote.hpp"

namespace ds::cli {

/// A backup of the server's: "latest" (good, and no safety backup; of `options.database`), an id, a
/// name, or an unambiguous beginning of either.
Result<json::Value> find_backup(Remote& remote, const NamedOptions& options);

}  // namespace ds::cli
