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

/// Whether a backup in quarantine, or a copy that was found damaged, may be chosen.
enum class Damaged { refused, allowed };

/// A copy of a backup, in the store named or in the best that has one.
Result<ChosenCopy> choose_copy(catalog::Session& session, const std::string& organization,
                               const std::string& backup, const std::string& store,
                               Damaged damaged);

/// A copy that can be read.
struct OpenedCopy {
    model::Backup backup;
    model::Store row;
    std::unique_ptr<stores::Store> store;
    archive::Stored stored;
    std::vector<crypto::Identity> identities;
};

Result<OpenedCopy> open_copy(const Office& office, const ChosenCopy& chosen, const sys::Run& run);
/// The one that a run is about.
Result<OpenedCopy> open_copy(const Office& office, const model::Run& order, Damaged damaged,
                             const sys::Run& run);

}  // namespace ds::jobs
