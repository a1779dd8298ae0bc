#pragma once

#include "notify/driver.hpp"

namespace ds::notify::ping {

/// A dead man's switch such as Healthchecks: told of successes and failures, it speaks up when both
/// are missing.
extern const Driver driver;

}  // namespace ds::notify::ping
