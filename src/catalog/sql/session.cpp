#include "catalog/sql/session.hpp"

#include <charconv>

namespace ds::catalog::sql {

std::string text_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* number = std::get_if<double>(&value)) return std::to_string(*number);
    return {};
}

std::int64_t number_of(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* number = std::get_if<double>(&value)) return static_cast<std::int64_t>(*number);
    std::int64_t number = 0;
    if (const auto* text = std::get_if<std::string>(&value))
        std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

}  // namespace ds::catalog::sql
