#include "sys/thread.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace ds::sys {

void lower_thread_priority() {
    // Linux takes a thread id here (setpriority(2), "C library/kernel differences"). Failing costs
    // only speed.
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 5));
}

}  // namespace ds::sys
