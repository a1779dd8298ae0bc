#pragma once

#include "base/error.hpp"

namespace ds::cli {

/// What scripts rely on (docs/user/cli.md); never reused for anything else.
enum class ExitStatus : int {
    done = 0,
    failed = 1,
    usage = 2,
    not_found = 3,
    not_signed_in = 4,
    refused = 5,
    conflict = 6,
    damage = 7,
    partly = 8,
    unreachable = 9,
    wait_timed_out = 10,
    interrupted = 130,
};

ExitStatus exit_status_of(Code code);

}  // namespace ds::cli
