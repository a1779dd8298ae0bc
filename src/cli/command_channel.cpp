#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/watching.hpp"

namespace ds::cli {
namespace {

constexpr std::size_t channels_max = 10'000;

struct ChannelRow {
    std::string id, name, driver, severity;
    std::vector<std::string> kinds;
    bool paused = false;
    std::string down_since, trouble;
};
BOOST_DESCRIBE_STRUCT(ChannelRow, (),
                      (id, name, driver, severity, kinds, paused, down_since, trouble))

struct DeliveryRow {
    std::string id, created, channel, event, state, next_attempt, answer;
    std::uint64_t attempts = 0;
};
BOOST_DESCRIBE_STRUCT(DeliveryRow, (),
                      (id, created, channel, event, state, next_attempt, answer, attempts))

struct ProbeRow {
    bool delivered = false;
    std::string answer, hint;
    std::uint64_t milliseconds = 0;
};
BOOST_DESCRIBE_STRUCT(ProbeRow, (), (delivered, answer, hint, milliseconds))

std::string state_of(const ChannelRow& channel) {
    if (channel.paused) return "paused";
    return channel.down_since.empty() ? "works" : "down since " + channel.down_since;
}

Status list_channels(const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto rows, remote->list("channels", {{"sort", "name"}}, channels_max));
    DS_TRY(const auto channels, rows_as<ChannelRow>(rows.items));
    console.result(json::bj::object{{"channels", rows.items}, {"more", rows.more}});
    if (channels.empty()) console.line("no channels");
    std::vector<std::vector<std::string>> table{{"NAME", "KIND", "FROM", "EVENTS", "STATE"}};
    for (const auto& channel : channels) {
        table.push_back({printable(channel.name, 60), channel.driver, channel.severity,
                         channel.kinds.empty() ? "the usual" : join(channel.kinds, ","),
                         state_of(channel)});
    }
    if (!channels.empty()) console.table(table, {false, false, false, false, false});
    for (const auto& channel : channels) {
        if (!channel.down_since.empty())
            console.note(fmt::format("{}: {}", printable(channel.name, 60),
                                     printable(channel.trouble, 400)));
    }
    return {};
}

Status test_channel(const NamedOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto channel, remote->find("channels", options.name));
    DS_TRY(const auto answer, remote->post("channels/" + text_in(channel, "id") + "/test"));
    DS_TRY(const auto probe, row_as<ProbeRow>(answer));
    session.console.result(json::bj::object{{"channel", channel}, {"test", answer}});
    if (!probe.delivered) {
        const std::string hint = probe.hint.empty()
                                     ? "`dumpstation channel deliveries` shows what else was tried."
                                     : printable(probe.hint, 400);
        return fail(Code::failed, printable(probe.answer, 1000), hint);
    }
    session.console.line(fmt::format(
        "delivered after {}{}", human_duration(std::chrono::milliseconds{probe.milliseconds}),
        probe.answer.empty() ? "" : "; it answers: " + printable(probe.answer, 400)));
    return {};
}

/// What a delivery was to say, from its event.
std::string title_of(const DeliveryRow& delivery) {
    const auto event = json::parse(delivery.event);
    return event ? printable(text_in(*event, "title"), 80) : "?";
}

Status list_deliveries(const RowsOptions& options, const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    net::Fields query{{"sort", "-id"}};
    if (!options.state.empty()) query.emplace_back("state", options.state);
    if (!options.channel.empty()) {
        DS_TRY(const auto channel, remote->find("channels", options.channel));
        query.emplace_back("channel", text_in(channel, "id"));
    }
    DS_TRY(const auto rows, remote->list("deliveries", query, options.rows_max));
    DS_TRY(const auto deliveries, rows_as<DeliveryRow>(rows.items));
    DS_TRY(const auto names, remote->names("channels"));
    console.result(json::bj::object{{"deliveries", rows.items}, {"more", rows.more}});
    if (deliveries.empty()) console.line("no deliveries");
    std::vector<std::vector<std::string>> table{
        {"ID", "CREATED", "CHANNEL", "STATE", "FAILED", "MESSAGE", "ANSWER"}};
    for (const auto& delivery : deliveries) {
        table.push_back({delivery.id, delivery.created, names.of(delivery.channel), delivery.state,
                         std::to_string(delivery.attempts), title_of(delivery),
                         printable(delivery.answer, 80)});
    }
    if (!deliveries.empty()) console.table(table, {false, false, false, false, true, false, false});
    if (rows.more) console.note("there are more; --limit shows them");
    return {};
}

Status replay_delivery(const NamedOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto before, remote->get_one("deliveries", options.name));
    DS_TRY(const auto row, remote->post("deliveries/" + text_in(before, "id") + "/replay"));
    session.console.result(json::bj::object{{"delivery", row}});
    session.console.line("it is sent again as " + text_in(row, "id"));
    return {};
}

}  // namespace

ExitStatus channel_list(const Session& session) { return session.end_with(list_channels(session)); }

ExitStatus channel_test(const NamedOptions& options, const Session& session) {
    return session.end_with(test_channel(options, session));
}

ExitStatus channel_deliveries(const RowsOptions& options, const Session& session) {
    return session.end_with(list_deliveries(options, session));
}

ExitStatus channel_replay(const NamedOptions& options, const Session& session) {
    return session.end_with(replay_delivery(options, session));
}

}  // namespace ds::cli
