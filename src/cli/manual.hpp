#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace ds::cli {

/// The manual page of the whole command line, in the language of man(7).
std::string manual_page(const CLI::App& app);

}  // namespace ds::cli
