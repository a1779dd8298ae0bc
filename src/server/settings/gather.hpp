#pragma once

#include <map>
#include <optional>

#include "server/settings/setting.hpp"
#include "server/settings/toml.hpp"

/// Settings from everywhere: a flag is stronger than the environment, that than the file, that than
/// the default.
namespace ds::server {

/// Something wrong in a file.
struct Problem {
    std::string key;
    unsigned line = 0;  // from 1; 0: the file as a whole
    unsigned column = 0;
    std::string message;
    std::string hint;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (key, line, column, message, hint))

/// Everything that is wrong in a configuration file, in its order. Errors: a file that cannot be
/// read.
Result<std::vector<Problem>> check_file(const sys::fs::path& path);

/// What was typed, by key. Lists may be given several times.
using Flags = std::map<std::string, std::vector<std::string>>;

struct Gathered {
    Config config;
    /// By key, where a value comes from: "/etc/dumpstation/config.toml:12", "DUMPSTATION_SLOTS",
    /// "--slots". What has the default is not in it.
    std::map<std::string, std::string> origins;
    std::string file;  // that was read; "" when there is none
};

constexpr const char* usual_file = "/etc/dumpstation/config.toml";

/// `file`: what --config says; "" for $DUMPSTATION_CONFIG, else the usual file if it is there.
/// Errors begin with the place of what is wrong.
Result<Gathered> gather(const std::string& file, const Flags& flags);

}  // namespace ds::server
