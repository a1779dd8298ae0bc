#pragma once

#include "jobs/service/taken_backup.hpp"

namespace ds::jobs {

/// So long a safety backup stays at least, whatever the rules say.
constexpr std::chrono::hours safety_stays{7 * 24};

/// Whether there are a store and a key for it. Nothing is opened.
Status check_safety_backup(catalog::Session& session, const model::Run& restore,
                           const model::Backup& restored);

/// Backs up what a restore is about to replace, and enters it at once: to the stores and keys of
/// the restored backup's plan, or where that is gone, to those of the backup itself. A target that
/// nobody protects becomes an archived database, so that its backup is listed and can be restored.
Result<model::Backup> take_safety_backup(const Office& office, const model::Run& restore,
                                         const model::Backup& restored, const sys::Run& run);

}  // namespace ds::jobs
