#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "sys/run.hpp"

namespace ds::engines::postgres {

/// The target of a restore as it was found. Nothing was changed for it.
struct TargetState {
    std::string name;  // of the database
    int version = 0;   // 170010
    std::string user;  // whom we are there
    bool superuser = false;
    bool may_create = false;  // databases
    bool exists = false;
    bool empty = true;   // nothing of a user's in it; what belongs to extensions does not count
    bool owned = false;  // we may rename and drop it
    std::string owner, encoding, collate, ctype;  // when it exists
    std::uint64_t sessions = 0;                   // of others, connected to it now
    std::set<std::string> roles;                  // all that there are
    std::set<std::string> own_roles;              // those that we may make owners
    std::set<std::string> tablespaces;            // that we may use
    std::set<std::string> extensions;             // that are installed on the machine

    std::vector<std::string> leftovers;  // databases of restores into it that did not end

    int major() const { return version / 10000; }
    /// An empty database that we can fill but not replace.
    bool in_place() const { return exists && !(may_create && owned); }
};

/// A session in a database of the target's server that is not the target: from there it can be
/// created, renamed and dropped.
Result<std::unique_ptr<Connection>> open_maintenance(const ConnectionInfo& target,
                                                     const sys::Run& run);

/// Cut to the 63 bytes that names may have, before the tail.
std::string name_with_tail(const std::string& name, const std::string& tail);
/// "shop", "restoring", "k3f9a2" → "shop__restoring_k3f9a2".
std::string beside_name(const std::string& target, const std::string& state, const std::string& id);

Result<TargetState> look_at_target(Connection& maintenance, const ConnectionInfo& target,
                                   const sys::Run& run);

}  // namespace ds::engines::postgres
