#pragma once

#include <string>
#include <string_view>

namespace ds::cli {

/// A script for "bash", "zsh" or "fish" that asks `dumpstation __complete WORDS…` what may come
/// next. Empty for another shell.
std::string completion_script(std::string_view shell);

}  // namespace ds::cli
