#pragma once

namespace ds::sys {

/// Lets the calling thread step back behind others (nice 5 for this thread alone): for work that
/// only has to keep up, beside threads and programs that set the pace.
void lower_thread_priority();

}  // namespace ds::sys
