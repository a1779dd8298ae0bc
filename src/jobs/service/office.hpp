#pragma once

#include <functional>
#include <string>
#include <vector>

#include "catalog/leases.hpp"
#include "catalog/tables.hpp"
#include "catalog/vault.hpp"
#include "model/event.hpp"
#include "sys/files.hpp"
#include "sys/log.hpp"
#include "sys/run.hpp"

namespace ds::jobs {

namespace sql = catalog::sql;

/// What everybody in the office shares. Everything here outlives them and may be used from any
/// thread.
struct Office {
    catalog::Catalog& catalog;
    const catalog::Vault& vault;
    sys::Clock& clock;
    sys::fs::path state;                          // keys, run locks, scratch servers
    std::vector<std::string> tool_dirs;           // where client tools are looked for first
    std::chrono::seconds prune_grace{24 * 3600};  // between condemned and removed
    /// This server among those that share the catalog.
    std::string name;
    sys::Log& log = sys::no_log();

    catalog::Time now() const { return clock.now(); }
};

}  // namespace ds::jobs
