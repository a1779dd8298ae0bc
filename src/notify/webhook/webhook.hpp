#pragma once

#include "notify/driver.hpp"

namespace ds::notify::webhook {

/// Any HTTP endpoint: signed, with headers and a body of the user's choice.
extern const Driver driver;

}  // namespace ds::notify::webhook
