#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Comma-separated values as RFC 4180 says.
namespace ds {

/// In quotes where it has to be.
std::string csv_cell(std::string_view text);
/// The same, and never a formula: what a spreadsheet would compute gets an apostrophe in front. For
/// texts that others wrote.
std::string csv_harmless_cell(std::string_view text);
/// With its line end.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace ds
