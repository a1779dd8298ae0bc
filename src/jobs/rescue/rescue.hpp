#pragma once

#include "base/json.hpp"
#include "crypto/age.hpp"
#include "stores/store.hpp"
#include "sys/files.hpp"

namespace ds::jobs {

struct RescueStore {
    std::string url;  // as it was given, with secrets
    stores::Store* store = nullptr;
};

/// From what a server is to be rebuilt.
struct RescueOrder {
    std::vector<RescueStore> stores;
    std::vector<crypto::Identity> identities;
    std::vector<std::string> signers;  // whose catalogs are believed; none: whoever signed
    bool manifests_only = false;       // leave catalogs alone: what the backups themselves say
    sys::fs::path into;                // the new state directory: empty, or not there
};

struct RescuedPlan {
    std::string name;
    bool was_paused = false;
};
BOOST_DESCRIBE_STRUCT(RescuedPlan, (), (name, was_paused))

struct RescuedOrganization {
    std::string id;
    std::string name;
    std::string catalog;  // when its catalog was backed up; "" = there was none
    std::string signer;   // of that backup
    std::string store;    // where it lay
    std::uint64_t users = 0, servers = 0, databases = 0, stores = 0, backups = 0, runs = 0;
    std::vector<RescuedPlan> plans;
};
BOOST_DESCRIBE_STRUCT(RescuedOrganization, (),
                      (id, name, catalog, signer, store, users, servers, databases, stores, backups,
                       runs, plans))

/// What was rebuilt, and what was not.
struct RescueReport {
    std::vector<RescuedOrganization> organizations;
    std::uint64_t backups_added = 0;   // in a store, and in no catalog
    std::uint64_t copies_added = 0;    // of backups that a catalog knew, but not in this store
    std::uint64_t copies_missing = 0;  // in a catalog, and not in its store
    std::vector<std::string> damages;  // what could not be read, each a line
    std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(RescueReport, (),
                      (organizations, backups_added, copies_added, copies_missing, damages, notes))

/// Rebuilds a server's state directory from what lies in the stores: of each organization the
/// newest catalog that is whole and that a key opens, brought up to this program; then every backup
/// that the stores list. All plans come back paused, and no run waits. All or nothing: an error
/// leaves `into` as it was. Code::conflict: it is not empty; Code::unauthenticated: no key opens a
/// catalog; Code::corrupt: no catalog is whole; Code::not_found: nothing of ours is there.
Result<RescueReport> rescue(const RescueOrder& order, const sys::Run& run);

}  // namespace ds::jobs
