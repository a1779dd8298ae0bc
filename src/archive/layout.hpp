#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Where things lie in a store:
///   v1/<source>/backups/<id>/<object>      parts, RESTORE.txt, manifest.sig, and manifest.json
///   last
namespace ds::archive {

constexpr std::string_view root = "v1/";
constexpr std::string_view manifest_object = "manifest.json";
constexpr std::string_view signature_object = "manifest.sig";
constexpr std::string_view instructions_object = "RESTORE.txt";
constexpr std::string_view catalog_part = "catalog.jsonl";
constexpr std::string_view facts_part = "facts.json";
constexpr std::string_view index_part = "index.json";

/// Letters, digits, '.', '_' and '-', not starting with a '.', at most 128: safe as a name
/// anywhere.
bool is_plain_name(std::string_view text);

/// One backup's place.
struct Place {
    std::string source;
    std::string id;

    std::string prefix() const;  // "v1/<source>/backups/<id>/"
    std::string key(std::string_view object) const { return prefix() + std::string{object}; }
    bool operator==(const Place&) const = default;
};

/// A key taken apart; nothing when it is not one of ours.
struct Located {
    Place place;
    std::string object;
};
std::optional<Located> locate(std::string_view key);

/// Of all backups of a source.
std::string backups_prefix(std::string_view source);

/// The catalog of a server is backed up as a source of its own, one for each organization. No
/// database's source has a dot in it.
constexpr std::string_view catalog_sources = "catalog.";
std::string catalog_source(std::string_view organization);
bool is_catalog(std::string_view source);

}  // namespace ds::archive
