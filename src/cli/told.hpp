#pragma once

#include <string_view>

#include "cli/console.hpp"
#include "jobs/verify.hpp"

namespace ds::cli {

/// "equal to the source" for level 4.
std::string_view level_name(int level);

/// Damages and checks of a verification, a line each.
void tell_proof(const jobs::VerifyReport& report, const Console& console);

}  // namespace ds::cli
