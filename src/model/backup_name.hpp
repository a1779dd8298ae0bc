#pragma once

#include <chrono>
#include <string>

namespace ds::model {

/// A name that people can say over the telephone: "brave-otter-20261123-0517" (UTC). Two backups of
/// one minute differ in their words with odds of 4095 to 4096; the id, not the name, is what is
/// unique. The catalog tells namesakes apart (catalog/backup_names.hpp).
std::string make_backup_name(std::chrono::system_clock::time_point when);

}  // namespace ds::model
