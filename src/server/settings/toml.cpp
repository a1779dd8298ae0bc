#include "server/settings/toml.hpp"

#include <algorithm>

// The header is heavy: it is included here alone. It asserts that files are well formed where it
// then tells of those that are not ("[[[" in 3.3), and with NDEBUG lets the compiler assume it:
// both must go.
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace ds::server {
namespace {

constexpr std::size_t depth_max = 16;

Place place_of(const toml::source_region& source) {
    return {source.begin.line, source.begin.column};
}

json::Value value_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return json::to_value(text->get());
    if (const auto* number = node.as_integer()) return json::to_value(number->get());
    if (const auto* number = node.as_floating_point()) return json::to_value(number->get());
    if (const auto* flag = node.as_boolean()) return json::to_value(flag->get());
    const auto* list = node.as_array();
    if (list == nullptr) return {};
    json::bj::array items;
    for (const auto& item : *list) {
        // Lists of lists mean nothing to any setting.
        items.push_back(item.is_array() ? json::Value{} : value_of(item));
    }
    return items;
}

void collect(const toml::table& table, const std::string& prefix, std::size_t depth,
             TomlFile& file) {
    for (const auto& [name, node] : table) {
        const auto key = prefix + std::string{name.str()};
        const auto* inner = node.as_table();
        if (inner != nullptr && !inner->empty() && depth < depth_max) {
            collect(*inner, key + ".", depth + 1, file);
        } else if (inner == nullptr || !inner->empty()) {
            file.entries.push_back({key, value_of(node), place_of(name.source())});
        }
    }
}

}  // namespace

TomlFile parse_toml(std::string_view text) {
    TomlFile file;
    const auto parsed = toml::parse(text);
    if (!parsed) {
        file.error = std::string{parsed.error().description()};
        file.error_place = place_of(parsed.error().source());
        return file;
    }
    collect(parsed.table(), "", 0, file);
    std::sort(file.entries.begin(), file.entries.end(), [](const auto& a, const auto& b) {
        return std::pair{a.place.line, a.place.column} < std::pair{b.place.line, b.place.column};
    });
    return file;
}

}  // namespace ds::server
