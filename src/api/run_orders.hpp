#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

/// Long work is entered as runs; the answer says where to look: 202 with Location.
namespace ds::api {

/// A run by hand, not entered yet.
model::Run run_by_hand(const Services& services, const Caller& caller, model::RunKind kind);

/// Tells of runs that were entered, and lets the runner look.
void announce(const Services& services, const std::vector<model::Run>& runs);

/// Enters it and answers 202 with it.
Result<Reply> enter(const Services& services, const model::Run& run);

/// 202 with the run.
Reply accepted(const model::Run& run);
Shape run_shape();
json::Value shown_run(const model::Run& run);

}  // namespace ds::api
