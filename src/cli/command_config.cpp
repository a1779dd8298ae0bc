#include <fmt/format.h>

#include "cli/commands.hpp"
#include "server/settings/gather.hpp"

namespace ds::cli {
namespace {

struct ShownSetting {
    std::string key;
    json::Value value;
    std::string origin;
};
BOOST_DESCRIBE_STRUCT(ShownSetting, (), (key, value, origin))

std::string origin_of(const server::Gathered& gathered, const std::string& key) {
    const auto found = gathered.origins.find(key);
    return found == gathered.origins.end() ? "default" : found->second;
}

}  // namespace

ExitStatus config_show(const ServeOptions& options, const Session& session) {
    const auto& console = session.console;
    auto gathered = server::gather(options.config, options.flags);
    if (!gathered) return console.error(gathered.error());
    gathered->config.state = gathered->config.server.state.string();

    std::vector<ShownSetting> all;
    std::vector<std::vector<std::string>> rows{{"SETTING", "VALUE", "FROM"}};
    for (const auto& setting : server::settings()) {
        const auto origin = origin_of(*gathered, setting.key);
        all.push_back({setting.key, setting.get(gathered->config), origin});
        rows.push_back({setting.key, printable(server::shown(setting, gathered->config), 100),
                        printable(origin, 200)});
    }
    console.result(json::bj::object{{"file", gathered->file}, {"settings", json::to_value(all)}});
    console.table(rows, {false, false, false});
    return ExitStatus::done;
}

ExitStatus config_check(const std::string& file, const Session& session) {
    const auto& console = session.console;
    const auto problems = server::check_file(file);
    if (!problems) return console.error(problems.error());
    console.result(json::bj::object{
        {"ok", problems->empty()}, {"file", file}, {"problems", json::to_value(*problems)}});
    for (const auto& problem : *problems) {
        const auto place =
            problem.line == 0 ? file : fmt::format("{}:{}:{}", file, problem.line, problem.column);
        const auto hint = problem.hint.empty() ? "" : " (" + problem.hint + ")";
        console.line(fmt::format("{}: {}{}", printable(place), printable(problem.message), hint));
    }
    if (!problems->empty()) return ExitStatus::usage;
    console.line(console.tick(true) + " nothing is wrong in " + printable(file));
    return ExitStatus::done;
}

ExitStatus config_example(const Session& session) {
    session.console.result(json::bj::object{{"text", server::example_file()}});
    if (!session.console.json()) fmt::print("{}", server::example_file());
    return ExitStatus::done;
}

}  // namespace ds::cli
