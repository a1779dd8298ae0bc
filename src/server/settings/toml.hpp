#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"

/// TOML as far as settings need it: values with the place where they stand.
namespace ds::server {

struct Place {
    unsigned line = 0;  // from 1; 0: none
    unsigned column = 0;
};

struct TomlEntry {
    std::string key;    // "log.level" for `level` in [log]
    json::Value value;  // null for what JSON does not have, such as a date
    Place place;        // of the value
};

struct TomlFile {
    std::vector<TomlEntry> entries;  // in the order of the file
    std::string error;               // why it cannot be read at all; "" when it can
    Place error_place;
};

/// Of hostile text; `text` is bounded by who read it.
TomlFile parse_toml(std::string_view text);

}  // namespace ds::server
