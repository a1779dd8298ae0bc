#pragma once

#include <functional>
#include <string>
#include <vector>

#include "catalog/leases.hpp"
#include "catalog/tables.hpp"
#include "catalog/vault.hpp"
#include "model/event.hpp"
#include "net/guard.hpp"
#include "sys/files.hpp"
#include "sys/log.hpp"
#include "sys/run.hpp"

namespace ds::jobs {

namespace sql = catalog::sql;

/// Whom we call at addresses that users give us. A database next door and a disk station are what
/// people back up; a message to this machine itself is rarer than an attack by one.
struct OutgoingRules {
    net::Outgoing databases{net::Reach::machine, {}};
    net::Outgoing stores{net::Reach::machine, {}};
    net::Outgoing channels{net::Reach::network, {}};
};

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
    OutgoingRules outgoing = {};

    catalog::Time now() const { return clock.now(); }
};

}  // namespace ds::jobs
