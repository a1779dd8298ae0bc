#pragma once

#include "notify/driver.hpp"

namespace ds::notify::telegram {

/// A Telegram bot that writes into a chat.
extern const Driver driver;

}  // namespace ds::notify::telegram
