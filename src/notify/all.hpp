#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "notify/driver.hpp"

namespace ds::notify {

/// Every kind of channel there is, in the order a form shows them.
std::span<const Driver* const> drivers();
/// Null when there is no such kind.
const Driver* find_driver(std::string_view name);

/// Everything that is wrong with these settings; empty when the channel can be opened.
Complaints check_settings(const Driver& driver, const Settings& settings);

/// Opens a channel without contacting it. Code::invalid names the first option that is wrong.
Result<std::unique_ptr<Notifier>> open_channel(std::string_view driver, const Settings& settings,
                                               const Outside& outside);

}  // namespace ds::notify
