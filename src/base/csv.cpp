#include "base/csv.hpp"

#include "base/text.hpp"

namespace ds {

std::string csv_cell(std::string_view text) {
    if (text.find_first_of("\",\r\n") == std::string_view::npos) return std::string{text};
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + '"';
}

std::string csv_harmless_cell(std::string_view text) {
    constexpr std::string_view begins_formula = "=+-@\t\r\n";
    const bool formula =
        !text.empty() && begins_formula.find(text.front()) != std::string_view::npos;
    return csv_cell(formula ? "'" + std::string{text} : std::string{text});
}

std::string csv_line(const std::vector<std::string>& cells) { return join(cells, ",") + "\r\n"; }

}  // namespace ds
