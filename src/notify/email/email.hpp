#pragma once

#include "notify/driver.hpp"

namespace ds::notify::email {

/// Mail over SMTP, as plain text and HTML.
extern const Driver driver;

}  // namespace ds::notify::email
