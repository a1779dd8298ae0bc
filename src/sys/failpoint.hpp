#pragma once

#include <string_view>

#include "base/result.hpp"

namespace ds::sys {

/// A place where tests make us fail. `DUMPSTATION_FAILPOINT=name:kill` ends the process there as if
/// by kill -9; `name:error` makes fail_point() return Code::unavailable; `name:sleep` waits ten
/// minutes. `name@3:kill` means the third time the place is passed. Costs one branch when nothing
/// is set.
Status fail_point(std::string_view name);

}  // namespace ds::sys
