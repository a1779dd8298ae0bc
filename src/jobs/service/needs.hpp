#pragma once

#include "jobs/service/office.hpp"

namespace ds::jobs {

/// Bytes of memory that a run needs at most, by its recipe: every buffer of the data path has a
/// limit, and this is their sum. What pg_dump and the database servers take is not in it.
Result<std::uint64_t> memory_needed(catalog::Session& session, const model::Run& run);

}  // namespace ds::jobs
