#pragma once

#include "archive/manifest.hpp"
#include "jobs/service/office.hpp"

namespace ds::jobs {

/// What a backup's manifest says, as a new row. Of which plan, run and database it is, and what it
/// is labelled, is for the caller to add.
model::Backup backup_row(const archive::Manifest& manifest, const std::string& organization,
                         catalog::Time now);

}  // namespace ds::jobs
