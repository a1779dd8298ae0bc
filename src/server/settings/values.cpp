#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "server/settings/setting.hpp"
#include "sys/memory.hpp"

namespace ds::server {
namespace {

constexpr std::size_t text_bytes_max = 8 * KiB;
constexpr std::size_t list_items_max = 100;

struct Unit {
    char letter;
    std::uint64_t seconds;
};
constexpr std::array units{Unit{'d', 86400}, Unit{'h', 3600}, Unit{'m', 60}, Unit{'s', 1}};

Error wrong(const Setting& setting, std::string_view what) {
    return fail(Code::invalid, fmt::format("{}: {}", setting.key, what));
}

std::string range_text(const Setting& setting) {
    if (setting.kind != Kind::duration) return fmt::format("{} to {}", setting.min, setting.max);
    return fmt::format("{} to {}", duration_text(std::chrono::seconds{setting.min}),
                       duration_text(std::chrono::seconds{setting.max}));
}

Status check_range(const Setting& setting, std::uint64_t number, std::string_view shown) {
    if (number >= setting.min && number <= setting.max) return {};
    return wrong(setting, fmt::format("{}, not {}", range_text(setting), shown));
}

Status check_text(const Setting& setting, const json::Value& value, std::string_view expected) {
    if (!value.is_string()) return wrong(setting, expected);
    const std::string_view text = value.get_string();
    if (text.size() > text_bytes_max) return wrong(setting, "too long");
    const bool odd = std::any_of(text.begin(), text.end(),
                                 [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return odd ? Status{wrong(setting, "has control characters")} : Status{};
}

Status check_word(const Setting& setting, const json::Value& value) {
    const auto& words = setting.words;
    const auto expected = "one of " + join(words, ", ");
    DS_DO(check_text(setting, value, expected));
    const std::string text{value.get_string()};
    if (std::find(words.begin(), words.end(), text) == words.end())
        return wrong(setting, fmt::format("{}, not {}", expected, printable(text, 40)));
    return {};
}

Status check_number(const Setting& setting, const json::Value& value) {
    constexpr auto expected = "a whole number is expected";
    if (value.is_int64() && value.get_int64() < 0)
        return wrong(setting, fmt::format("{}, not {}", range_text(setting), value.get_int64()));
    if (!value.is_int64() && !value.is_uint64()) return wrong(setting, expected);
    const auto number = value.to_number<std::uint64_t>();
    return check_range(setting, number, std::to_string(number));
}

Status check_duration(const Setting& setting, const json::Value& value) {
    DS_DO(check_text(setting, value, "a duration is expected: \"90s\", \"5m\", \"24h\""));
    const auto duration = parse_duration(value.get_string());
    if (!duration) return wrong(setting, duration.error().message());
    return check_range(setting, static_cast<std::uint64_t>(duration->count()),
                       duration_text(*duration));
}

Status check_list(const Setting& setting, const json::Value& value) {
    constexpr auto expected = "a list of text is expected";
    if (!value.is_array()) return wrong(setting, expected);
    if (value.get_array().size() > list_items_max) return wrong(setting, "too long");
    for (const auto& item : value.get_array()) DS_DO(check_text(setting, item, expected));
    return {};
}

Status check(const Setting& setting, const json::Value& value) {
    switch (setting.kind) {
        case Kind::text: return check_text(setting, value, "text is expected");
        case Kind::word: return check_word(setting, value);
        case Kind::number: return check_number(setting, value);
        case Kind::duration: return check_duration(setting, value);
        case Kind::list: return check_list(setting, value);
    }
    return {};
}

std::string in_capitals(std::string text) {
    for (auto& c : text)
        c = c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

/// How many letters must be typed, removed or replaced to make one of the other (Levenshtein).
std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= one.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const auto replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row.back();
}

}  // namespace

std::string Setting::variable() const { return "DUMPSTATION_" + in_capitals(key); }

std::string Setting::flag() const {
    auto text = "--" + key;
    for (auto& c : text) c = c == '.' || c == '_' ? '-' : c;
    return text;
}

const Setting* find_setting(std::string_view key) {
    const auto found = std::find_if(settings().begin(), settings().end(),
                                    [&](const auto& setting) { return setting.key == key; });
    return found == settings().end() ? nullptr : &*found;
}

std::string nearest_key(std::string_view key) {
    constexpr std::size_t key_bytes_max = 80;
    if (key.size() > key_bytes_max) return {};
    std::string nearest;
    auto best = 1 + std::max<std::size_t>(2, key.size() / 3);
    for (const auto& setting : settings()) {
        // Written with another table, or with none: "level" for "log.level".
        const auto dot = setting.key.rfind('.');
        const bool same_name = dot != std::string::npos && setting.key.substr(dot + 1) == key;
        const auto far = same_name ? 1 : distance(key, setting.key);
        if (far < best) {
            best = far;
            nearest = setting.key;
        }
    }
    return nearest;
}

Result<json::Value> value_of(const Setting& setting, const std::string& text) {
    switch (setting.kind) {
        case Kind::number: {
            DS_TRY(const auto number, parse_unsigned(text, setting.key));
            return json::Value(number);
        }
        case Kind::list: {
            json::bj::array items;
            for (const auto& item : split(text, ':')) {
                if (!item.empty()) items.push_back(json::to_value(item));
            }
            return json::Value(std::move(items));
        }
        default: return json::to_value(text);
    }
}

Status put(const Setting& setting, Config& config, const json::Value& value) {
    auto given = value;
    if (setting.kind == Kind::duration && (value.is_int64() || value.is_uint64()))
        given = json::bj::string{json::to_text(value)};
    DS_DO(check(setting, given));
    return setting.put(config, given);
}

std::string shown(const Setting& setting, const Config& config) {
    const auto value = setting.get(config);
    if (value.is_string()) return std::string{value.get_string()};
    if (!value.is_array()) return json::to_text(value);
    std::vector<std::string> items;
    for (const auto& item : value.get_array()) items.emplace_back(item.get_string());
    return join(items, ":");
}

Result<std::chrono::seconds> parse_duration(std::string_view text) {
    std::uint64_t factor = 1;
    for (const auto& unit : units) {
        if (!text.ends_with(unit.letter)) continue;
        factor = unit.seconds;
        text.remove_suffix(1);
        break;
    }
    const auto number = parse_unsigned(text, "a duration");
    constexpr auto seconds_max = std::uint64_t{std::numeric_limits<std::int32_t>::max()};
    if (!number || *number > seconds_max / factor)
        return fail(Code::invalid, "a duration is expected: \"90s\", \"5m\", \"24h\", \"7d\"");
    return std::chrono::seconds{*number * factor};
}

std::string duration_text(std::chrono::seconds duration) {
    const auto seconds = static_cast<std::uint64_t>(duration.count());
    for (const auto& unit : units) {
        if (seconds >= unit.seconds && seconds % unit.seconds == 0)
            return fmt::format("{}{}", seconds / unit.seconds, unit.letter);
    }
    return "0s";
}

namespace {

Result<net::Networks> networks(const std::string& key, const std::vector<std::string>& texts) {
    return net::parse_networks(texts).while_doing(key);
}

Status settle_networks(Config& config) {
    auto& server = config.server;
    DS_TRY(const auto allowed, networks("outgoing.allow", config.outgoing_allow));
    for (auto* rules :
         {&server.outgoing.databases, &server.outgoing.stores, &server.outgoing.channels})
        rules->always = allowed;
    DS_TRY(server.door.proxies, networks("http.proxies", config.http_proxies));
    DS_TRY(server.door.clients, networks("http.clients", config.http_clients));
    return {};
}

}  // namespace

Status settle(Config& config) {
    auto& server = config.server;
    server.state = config.state.empty() ? sys::state_directory() : sys::fs::absolute(config.state);
    // The queue counts the runs of all servers; each takes no more than it has slots.
    constexpr std::uint64_t no_limit = 1'000'000;
    server.runner.queue.runs_max = config.runs_max == 0 ? no_limit : config.runs_max;
    server.runner.queue.memory_max =
        config.memory_mib == 0 ? sys::memory_of_machine() / 2 : config.memory_mib * MiB;
    if (server.http.certificate_file.empty() != server.http.key_file.empty()) {
        return fail(Code::invalid, "tls: a certificate and its key are needed, or none of both",
                    "Set tls.certificate and tls.key.");
    }
    server.door.tls = !server.http.certificate_file.empty();
    return settle_networks(config);
}

}  // namespace ds::server
