#pragma once

#include "jobs/service/events.hpp"

/// What people are told of runs.
namespace ds::jobs {

struct RunEnd {
    bool final = true;     // nobody tries again
    bool stalled = false;  // it was stopped because it moved no data
};

Status tell_of_begin(catalog::Session& session, Events& events, const model::Run& run);
/// Nothing of most ends; of a failure only when it is final.
Status tell_of_end(catalog::Session& session, Events& events, const model::Run& run,
                   const RunEnd& end);

}  // namespace ds::jobs
