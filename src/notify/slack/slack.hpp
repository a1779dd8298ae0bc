#pragma once

#include "notify/driver.hpp"

namespace ds::notify::slack {

/// An incoming webhook of Slack, or of Mattermost and others that understand its blocks.
extern const Driver driver;

}  // namespace ds::notify::slack
