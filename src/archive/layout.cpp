#include "archive/layout.hpp"

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::archive {
namespace {

constexpr std::size_t name_letters_max = 128;

}  // namespace

bool is_plain_name(std::string_view text) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    return !text.empty() && text.size() <= name_letters_max && text[0] != '.' &&
           text.find_first_not_of(letters) == std::string_view::npos;
}

std::string backups_prefix(std::string_view source) {
    return std::string{root} + std::string{source} + "/backups/";
}

std::string catalog_source(std::string_view organization) {
    return std::string{catalog_sources} + std::string{organization};
}

bool is_catalog(std::string_view source) { return source.starts_with(catalog_sources); }

std::string Place::prefix() const { return backups_prefix(source) + id + "/"; }

std::optional<Located> locate(std::string_view key) {
    const auto parts = split(key, '/');
    if (parts.size() != 5 || parts[0] != "v1" || parts[2] != "backups") return {};
    if (!is_plain_name(parts[1]) || !sys::is_ulid(parts[3]) || !is_plain_name(parts[4])) return {};
    return Located{{parts[1], parts[3]}, parts[4]};
}

}  // namespace ds::archive
