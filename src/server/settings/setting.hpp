#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/server.hpp"
#include "sys/log.hpp"

/// What may be set, described once: the file, the environment, the command line, their checks and
/// the reference for people are all made from settings().
namespace ds::server {

/// Everything that `dumpstation serve` is told; a fresh one has the defaults.
struct Config {
    Config() { server.http.port = 8422; }

    Options server;
    std::string state;             // "": sys::state_directory()
    std::uint64_t runs_max = 0;    // 0: no limit but every server's slots
    std::uint64_t memory_mib = 0;  // 0: half of the machine's
    // Ranges as they are written: "10.0.0.0/8".
    std::vector<std::string> outgoing_allow, http_proxies, http_clients;
    sys::LogOptions log;
    std::chrono::seconds grace{20};  // that runs have to end when the server is stopped
};

/// How a value is written. In the file each is the TOML type that its name says; a duration is a
/// whole number of seconds, or text such as "90s", "5m", "24h", "7d".
enum class Kind { text, word, number, duration, list };

struct Setting {
    std::string key;  // in the file: "log.level" is `level` in the table [log]
    Kind kind = Kind::text;
    std::string purpose;
    std::uint64_t min = 0;  // of a number, or of a duration in seconds
    std::uint64_t max = 0;
    std::vector<std::string> words = {};  // of Kind::word
    /// Masked wherever it is shown, and may come from a file of its own, named by KEY_file.
    bool secret = false;
    bool has_flag = true;     // what must not be seen in the list of processes has none
    std::string preset = {};  // the default in words, where it depends on the machine

    /// The value is of the right kind and within the limits. Errors: what only this setting knows
    /// to be wrong.
    std::function<Status(Config&, const json::Value&)> put = {};
    std::function<json::Value(const Config&)> get = {};

    std::string variable() const;  // "DUMPSTATION_LOG_LEVEL"
    std::string flag() const;      // "--log-level"
};

/// In the order in which people are shown them.
const std::vector<Setting>& settings();
const Setting* find_setting(std::string_view key);
/// The key that was probably meant; "" when none is near.
std::string nearest_key(std::string_view key);

/// Text of the environment or the command line as a value of the setting's kind.
Result<json::Value> value_of(const Setting& setting, const std::string& text);
/// Checks kind and limits, and puts it in. Code::invalid: "slots: 1 to 256, not 1000".
Status put(const Setting& setting, Config& config, const json::Value& value);
/// The value for people: secrets masked, lists separated by ':'.
std::string shown(const Setting& setting, const Config& config);

Result<std::chrono::seconds> parse_duration(std::string_view text);
std::string duration_text(std::chrono::seconds duration);

/// What must hold between settings once all are known, and what follows from them.
Status settle(Config& config);

/// A file with every setting commented out at its default.
std::string example_file();
/// The table for docs/user/configuration.md.
std::string reference_table();

}  // namespace ds::server
