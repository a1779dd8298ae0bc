#include "http/request.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace ds::http {
namespace {

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool list_has(std::string_view list, std::string_view word) {
    for (;;) {
        const auto comma = list.find(',');
        if (same_without_case(trimmed(list.substr(0, comma)), word)) return true;
        if (comma == std::string_view::npos) return false;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace

bool same_without_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, {}, lower_ascii, lower_ascii);
}

void Headers::add(std::string name, std::string value) {
    lines_.emplace_back(std::move(name), std::move(value));
}

const std::string* Headers::find(std::string_view name) const {
    const auto found = std::ranges::find_if(
        lines_, [&](const Field& line) { return same_without_case(line.first, name); });
    return found == lines_.end() ? nullptr : &found->second;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        lines_, [&](const Field& line) { return same_without_case(line.first, name); }));
}

bool Headers::has_word(std::string_view name, std::string_view word) const {
    return std::ranges::any_of(lines_, [&](const Field& line) {
        return same_without_case(line.first, name) && list_has(line.second, word);
    });
}

const std::string* RequestHead::option(std::string_view name) const {
    const auto found = std::ranges::find(query, name, &Field::first);
    return found == query.end() ? nullptr : &found->second;
}

}  // namespace ds::http
