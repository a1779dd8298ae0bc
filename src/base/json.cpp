#include "base/json.hpp"

namespace ds::json {
namespace {

constexpr std::size_t depth_max = 32;  // our own documents are at most six deep

void write_indented(std::string& to, const Value& value, std::size_t depth) {
    const auto line = [&](std::size_t indent) { to.append("\n").append(indent * 2, ' '); };
    if (value.is_object() && !value.get_object().empty()) {
        to += '{';
        bool first = true;
        for (const auto& [key, element] : value.get_object()) {
            if (!std::exchange(first, false)) to += ',';
            line(depth + 1);
            to += bj::serialize(Value(key));
            to += ": ";
            write_indented(to, element, depth + 1);
        }
        line(depth);
        to += '}';
    } else if (value.is_array() && !value.get_array().empty()) {
        to += '[';
        bool first = true;
        for (const auto& element : value.get_array()) {
            if (!std::exchange(first, false)) to += ',';
            line(depth + 1);
            write_indented(to, element, depth + 1);
        }
        line(depth);
        to += ']';
    } else {
        to += bj::serialize(value);
    }
}

}  // namespace

Result<Value> parse(std::string_view text) {
    bj::parse_options options;
    options.max_depth = depth_max;
    bj::error_code error;
    auto value = bj::parse(bj::string_view{text.data(), text.size()}, error, {}, options);
    if (error) return fail(Code::corrupt, "not a JSON document: " + error.message());
    return value;
}

std::string to_text(const Value& value, bool pretty) {
    if (!pretty) return bj::serialize(value);
    std::string text;
    write_indented(text, value, 0);
    return text + "\n";
}

}  // namespace ds::json
