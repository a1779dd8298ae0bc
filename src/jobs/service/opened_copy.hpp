#pragma once

#include "archive/shelf.hpp"
#include "jobs/service/opened.hpp"

namespace ds::jobs {

/// The rows of one copy of a backup, and of the keys that may open it.
struct ChosenCopy {
    model::Backup backup;
    model::Store store;
    std::vector<model::Key> keys;
};

/// A good copy of a backup, in the store named or in the first that has one.
Result<ChosenCopy> choose_copy(catalog::Session& session, const std::string& organization,
                               const std::string& backup, const std::string& store);

/// A copy that can be read.
struct OpenedCopy {
    model::Backup backup;
    std::unique_ptr<stores::Store> store;
    archive::Stored stored;
    std::vector<crypto::Identity> identities;
};

Result<OpenedCopy> open_copy(const Office& office, const ChosenCopy& chosen, const sys::Run& run);
/// The one that a run is about.
Result<OpenedCopy> open_copy(const Office& office, const model::Run& order, const sys::Run& run);

}  // namespace ds::jobs
