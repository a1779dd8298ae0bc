#pragma once

#include "jobs/rescue/rescue.hpp"
#include "jobs/service/office.hpp"

namespace ds::jobs {

/// Makes the catalog say what the store holds: backups that no row knows get one, with a database,
/// archived, where that is unknown too; copies are there or missing as the store's own listing
/// says. A store that no organization knows becomes one of the first's.
Status enter_found_backups(const Office& office, const RescueStore& store, const sys::Run& run,
                           RescueReport& report);

}  // namespace ds::jobs
