#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "notify/driver.hpp"

namespace ds::notify {

/// Every kind of channel there is, in the order a form shows them.
std::span<const Driver* const> drivers();
/// Null when there is no such kind.
const Driver* find_driver(std::string_view name);

/// "email, discord, …"
std::string driver_names();

/// The kinds of event that a channel of this driver is told when nobody chose.
std::vector<std::string> usual_kinds(const Driver& driver);

/// Everything that is wrong with these settings; empty when the channel can be opened.
Complaints check_settings(const Driver& driver, const Settings& settings);

/// Opens a channel without contacting it. Code::invalid names the first option that is wrong.
Result<std::unique_ptr<Notifier>> open_channel(std::string_view driver, const Settings& settings,
                                               const Outside& outside);

}  // namespace ds::notify
