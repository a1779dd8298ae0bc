#include "server/settings/setting.hpp"

namespace ds::server {
namespace {

std::string limits_of(const Setting& setting) {
    switch (setting.kind) {
        case Kind::word: return join(setting.words, ", ");
        case Kind::number: return fmt::format("{} to {}", setting.min, setting.max);
        case Kind::duration:
            return fmt::format("{} to {}", duration_text(std::chrono::seconds{setting.min}),
                               duration_text(std::chrono::seconds{setting.max}));
        default: return {};
    }
}

/// As it stands in the file.
std::string default_of(const Setting& setting) {
    static const Config config;
    return json::to_text(setting.get(config));
}

std::string without_ticks(std::string text) {
    std::erase(text, '`');
    return text;
}

std::string comment_of(const Setting& setting) {
    auto comment = "# " + without_ticks(setting.purpose);
    if (const auto limits = limits_of(setting); !limits.empty()) comment += " (" + limits + ")";
    if (!setting.preset.empty()) comment += ". Default: " + without_ticks(setting.preset);
    if (setting.secret)
        comment += ".\n# Better in a file of its own: " + setting.key + "_file = \"/path\"";
    return comment;
}

}  // namespace

std::string example_file() {
    std::string text =
        "# What `dumpstation serve` is told. Every setting stands here with its default; take the "
        "#\n"
        "# away to change it. The environment (DUMPSTATION_…) and flags are stronger than this\n"
        "# file. `dumpstation config check` checks it, `dumpstation config show` tells what "
        "holds.\n";
    std::string table;
    for (const auto& setting : settings()) {
        const auto dot = setting.key.find('.');
        const auto within = dot == std::string::npos ? "" : setting.key.substr(0, dot);
        if (within != table) text += fmt::format("\n[{}]\n", table = within);
        const auto name = dot == std::string::npos ? setting.key : setting.key.substr(dot + 1);
        text += fmt::format("\n{}\n#{} = {}\n", comment_of(setting), name, default_of(setting));
    }
    return text;
}

std::string reference_table() {
    std::string text =
        "| setting | what for | values | default | flag | variable |\n|---|---|---|---|---|---|\n";
    for (const auto& setting : settings()) {
        auto variable = "`" + setting.variable() + "`";
        if (setting.secret) variable += ", `…_FILE`";
        const auto values = limits_of(setting);
        text +=
            fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", setting.key, setting.purpose,
                        values.empty() && setting.kind == Kind::list ? "list" : values,
                        setting.preset.empty() ? "`" + default_of(setting) + "`" : setting.preset,
                        setting.has_flag ? "`" + setting.flag() + "`" : "", variable);
    }
    return text;
}

}  // namespace ds::server
