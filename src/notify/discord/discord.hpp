#pragma once

#include "notify/driver.hpp"

namespace ds::notify::discord {

/// A webhook of a Discord channel; the event becomes an embed.
extern const Driver driver;

}  // namespace ds::notify::discord
