#include "server/settings/gather.hpp"

#include <cstdlib>

namespace ds::server {
namespace {

constexpr std::size_t file_bytes_max = 256 * KiB;
constexpr std::size_t secret_bytes_max = 64 * KiB;
constexpr std::string_view file_suffix = "_file";

/// The setting of a key, also of one that names the file with its secret.
struct Named {
    const Setting* setting = nullptr;
    bool in_file = false;
};

Named named(std::string_view key) {
    if (const auto* setting = find_setting(key)) return {setting, false};
    if (!key.ends_with(file_suffix)) return {};
    const auto* setting = find_setting(key.substr(0, key.size() - file_suffix.size()));
    return setting != nullptr && setting->secret ? Named{setting, true} : Named{};
}

Result<json::Value> read_secret(const Setting& setting, const json::Value& path) {
    if (!path.is_string())
        return fail(Code::invalid, setting.key + "_file: the path of a file is expected");
    auto bytes = sys::read_file(std::string{path.get_string()}, secret_bytes_max);
    if (!bytes) return std::move(bytes.error()).while_doing(setting.key + "_file");
    return json::to_value(std::string{trimmed(text_of(*bytes))});
}

/// Every setting, as the layers put it in.
class Layers {
public:
    Status take_file(const std::string& path, std::string_view text) {
        const auto file = parse_toml(text);
        if (!file.error.empty())
            return fail(Code::invalid, file.error).while_doing(place(path, file.error_place));
        for (const auto& entry : file.entries) {
            const auto where = place(path, entry.place);
            DS_DO(take_entry(entry, where).while_doing(where));
        }
        gathered_.file = path;
        return {};
    }

    Status take_environment() {
        for (const auto& setting : settings()) {
            const auto name = setting.variable();
            if (const char* text = std::getenv(name.c_str()))
                DS_DO(take_text(setting, text, name));
            else if (const char* path = std::getenv((name + "_FILE").c_str());
                     path != nullptr && setting.secret)
                DS_DO(take_secret(setting, json::to_value(std::string{path}), name + "_FILE"));
        }
        return {};
    }

    Status take_flags(const Flags& flags) {
        for (const auto& setting : settings()) {
            const auto found = flags.find(setting.key);
            if (found == flags.end() || found->second.empty()) continue;
            const auto text =
                setting.kind == Kind::list ? join(found->second, ":") : found->second.back();
            DS_DO(take_text(setting, text, setting.flag()));
        }
        return {};
    }

    Result<Gathered> finish() {
        DS_DO(settle(gathered_.config));
        return std::move(gathered_);
    }

    Status take_entry(const TomlEntry& entry, const std::string& where) {
        const auto [setting, in_file] = named(entry.key);
        if (setting == nullptr) {
            const auto nearest = nearest_key(entry.key);
            return fail(Code::invalid, printable(entry.key, 80) + ": there is no such setting",
                        nearest.empty() ? "`dumpstation config example` shows all there are."
                                        : "Is " + nearest + " meant?");
        }
        return in_file ? take_secret(*setting, entry.value, where)
                       : take(*setting, entry.value, where);
    }

private:
    Gathered gathered_;

    static std::string place(const std::string& path, const Place& at) {
        return fmt::format("{}:{}:{}", path, at.line, at.column);
    }

    Status take(const Setting& setting, const json::Value& value, const std::string& where) {
        DS_DO(put(setting, gathered_.config, value));
        gathered_.origins[setting.key] = where;
        return {};
    }
    Status take_text(const Setting& setting, const std::string& text, const std::string& where) {
        DS_TRY(const auto value, value_of(setting, text).while_doing(where));
        return take(setting, value, where).while_doing(where);
    }
    Status take_secret(const Setting& setting, const json::Value& path, const std::string& where) {
        DS_TRY(const auto value, read_secret(setting, path));
        return take(setting, value, where);
    }
};

struct ChosenFile {
    std::string path;
    bool must_exist = true;
};

ChosenFile choose_file(const std::string& typed) {
    if (!typed.empty()) return {typed};
    const char* set = std::getenv("DUMPSTATION_CONFIG");
    if (set != nullptr && *set != '\0') return {set};
    return {usual_file, false};
}

Result<std::string> read_text(const std::string& path) {
    auto bytes = sys::read_file(path, file_bytes_max);
    if (!bytes)
        return std::move(bytes.error())
            .hinting("Another file is named by --config or DUMPSTATION_CONFIG; /dev/null is none.");
    return std::string{text_of(*bytes)};
}

}  // namespace

Result<std::vector<Problem>> check_file(const sys::fs::path& path) {
    DS_TRY(const auto text, read_text(path.string()));
    const auto file = parse_toml(text);
    if (!file.error.empty()) {
        return std::vector<Problem>{
            {"", file.error_place.line, file.error_place.column, file.error, ""}};
    }
    std::vector<Problem> problems;
    Layers layers;
    for (const auto& entry : file.entries) {
        const auto taken = layers.take_entry(entry, "");
        if (taken) continue;
        problems.push_back({entry.key, entry.place.line, entry.place.column,
                            taken.error().message(), taken.error().hint()});
    }
    if (const auto settled = layers.finish(); problems.empty() && !settled)
        problems.push_back({"", 0, 0, settled.error().message(), settled.error().hint()});
    return problems;
}

Result<Gathered> gather(const std::string& file, const Flags& flags) {
    Layers layers;
    const auto chosen = choose_file(file);
    const auto text = read_text(chosen.path);
    const bool absent = !text && text.error().code() == Code::not_found && !chosen.must_exist;
    if (!text && !absent) return Error{text.error()};
    if (text) DS_DO(layers.take_file(chosen.path, *text));
    DS_DO(layers.take_environment());
    DS_DO(layers.take_flags(flags));
    return layers.finish();
}

}  // namespace ds::server
