#pragma once

#include "base/json.hpp"
#include "catalog/leases.hpp"
#include "catalog/vault.hpp"

/// Changing the master key while servers work. Each step can be the last before a crash:
/// 1. the new key is announced in the catalog, sealed by the old one, so that other servers on the
///    same catalog learn it;  2. it is written to the key file, and seals from then on;
/// 3. everything is sealed again, some rows a transaction, while both keys open.
namespace ds::catalog {

struct Rotation {
    std::string key;             // the new key's id
    std::uint64_t resealed = 0;  // secrets
};
BOOST_DESCRIBE_STRUCT(Rotation, (), (key, resealed))

/// Code::conflict while another rotation is going on.
Result<Rotation> rotate_master_key(Catalog& catalog, const Vault& vault, Time now);

/// Seals again, with the newest key, whatever an older one sealed; what a rotation that died left.
/// Returns how many. A row that is changed meanwhile is left to whoever changed it.
Result<std::size_t> reseal(Catalog& catalog, const Vault& vault);

/// Learns the keys that other servers announced, and forgets announcements that are a day old.
Status follow_rotations(Catalog& catalog, const Vault& vault, Time now);

/// Learns one key, if it was announced.
Status learn_key(Catalog& catalog, const Vault& vault, const std::string& key_id);

}  // namespace ds::catalog
