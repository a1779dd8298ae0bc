#pragma once

#include "jobs/service/supervision.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {

/// Writes how a run ended, with its rows, its log, what people are told, and what follows: another
/// attempt, or the pruning after a backup.
void end_run(const Office& office, Events& events, model::Run run, Verdict verdict,
             Result<Outcome> outcome, Journal& journal);

}  // namespace ds::jobs
