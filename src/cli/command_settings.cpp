#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/rows.hpp"

namespace ds::cli {
namespace {

struct DayRow {
    std::string day;
    std::map<std::string, std::uint64_t> runs;
    std::uint64_t backups = 0, plain_bytes = 0, stored_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(DayRow, (), (day, runs, backups, plain_bytes, stored_bytes))

struct HistoryRows {
    std::vector<DayRow> days;
};
BOOST_DESCRIBE_STRUCT(HistoryRows, (), (days))

/// "plan.retention.daily", 7 → {"plan": {"retention": {"daily": 7}}}.
json::bj::object nested(std::string_view path, json::Value value) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {{path, std::move(value)}};
    return {{path.substr(0, dot), nested(path.substr(dot + 1), std::move(value))}};
}

void tell_settings(const json::bj::object& settings, const std::string& before,
                   const Console& console) {
    for (const auto& [key, value] : settings) {
        const auto name = before + std::string{key};
        if (const auto* object = value.if_object()) {
            tell_settings(*object, name + ".", console);
        } else {
            const auto text =
                value.is_string() ? std::string{value.get_string()} : json::to_text(value);
            console.line(fmt::format("{:28} {}", printable(name, 60), printable(text, 200)));
        }
    }
}

Status show_settings(const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto settings, remote->get("settings"));
    session.console.result(json::bj::object{{"settings", settings}});
    if (const auto* object = settings.if_object()) tell_settings(*object, "", session.console);
    return {};
}

/// A value is JSON where it can be read as such: 7, true; else the text itself.
Status set_setting(const SettingOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    auto value = json::parse(options.value).value_or(json::to_value(options.value));
    DS_TRY(const auto settings, remote->patch("settings", nested(options.name, std::move(value))));
    session.console.result(json::bj::object{{"settings", settings}});
    session.console.line(printable(options.name, 60) + " is set");
    return {};
}

Status tell_statistics(const StatisticsOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    net::Fields query;
    if (!options.from.empty()) query.emplace_back("from", options.from);
    if (!options.to.empty()) query.emplace_back("to", options.to);
    if (!options.zone.empty()) query.emplace_back("zone", options.zone);
    DS_TRY(const auto history, remote->get("statistics/history", query));
    DS_TRY(const auto now, remote->get("statistics"));
    DS_TRY(const auto read, row_as<HistoryRows>(history));
    session.console.result(json::bj::object{{"now", now}, {"history", history}});
    Table table{{{"DAY", "BACKUPS", "FAILED", "SIZE", "STORED"}}, {false, true, true, true, true}};
    for (const auto& day : read.days) {
        const auto failed = day.runs.find("failed");
        table.rows.push_back({day.day, human_count(day.backups),
                              human_count(failed == day.runs.end() ? 0 : failed->second),
                              human_bytes(day.plain_bytes), human_bytes(day.stored_bytes)});
    }
    session.console.table(table.rows, table.right_aligned);
    return {};
}

}  // namespace

ExitStatus settings_show(const Session& session) {
    return session.end_with(show_settings(session));
}

ExitStatus settings_set(const SettingOptions& options, const Session& session) {
    return session.end_with(set_setting(options, session));
}

ExitStatus stats(const StatisticsOptions& options, const Session& session) {
    return session.end_with(tell_statistics(options, session));
}

}  // namespace ds::cli
