#include "jobs/service/channel_health.hpp"

#include <fmt/format.h>

namespace ds::jobs {
namespace {

constexpr std::uint64_t failures_until_down = 3;
// A channel that comes and goes is told of so often at most.
constexpr std::chrono::hours quiet{6};

/// Beside the version that people's changes are held against: only we write these columns.
Status write_health(catalog::Session& session, const model::Channel& channel) {
    DS_TRY([[maybe_unused]] const auto written,
           session.run("UPDATE channels SET failures = ?, down_since = ?, trouble = ? WHERE "
                       "organization = ? AND id = ?",
                       {static_cast<std::int64_t>(channel.failures), channel.down_since,
                        channel.trouble, channel.organization, channel.id}));
    return {};
}

Status put_off(catalog::Session& session, const model::Channel& channel, catalog::Time until) {
    DS_TRY([[maybe_unused]] const auto moved,
           session.run("UPDATE deliveries SET next_attempt = ? WHERE organization = ? AND channel "
                       "= ? AND state = 'waiting' AND next_attempt < ?",
                       {rfc3339(until), channel.organization, channel.id, rfc3339(until)}));
    return {};
}

/// What waited longer than anything is tried need not each find out for itself.
Result<std::uint64_t> give_up_the_old(catalog::Session& session, const model::Channel& channel,
                                      const std::string& why, catalog::Time now) {
    const auto began_before = now - notify::Patience{}.total_max;
    DS_TRY(
        [[maybe_unused]] const auto given_up,
        session.run("UPDATE deliveries SET state = 'given up', answer = ?, changed = ? WHERE "
                    "organization = ? AND channel = ? AND state = 'waiting' AND created <= ?",
                    {why, rfc3339(now), channel.organization, channel.id, rfc3339(began_before)}));
    return session.changed();
}

model::Event event_about(const model::Channel& channel, std::string_view kind, std::string title) {
    auto event = model::event_of(kind, channel.organization, channel.name, std::move(title));
    event.fields = {{"channel", channel.name}, {"kind", channel.driver}};
    if (!channel.trouble.empty()) event.fields.push_back({"answer", channel.trouble});
    return event;
}

/// News of channels are reported nowhere else: they would go round in circles.
bool is_about_a_channel(const model::Event& event) { return event.kind.starts_with("channel."); }

void add_what_was_lost(model::Event& report, const model::Event& lost) {
    report.severity = std::max(report.severity, lost.severity);
    report.fields.push_back({"message", lost.title});
    report.text += fmt::format("\n\nIt was to say: {}\n{}", lost.title, lost.text);
}

}  // namespace

Status note_reached(catalog::Session& session, Events& events, const model::Channel& channel,
                    catalog::Time now) {
    if (channel.failures == 0 && channel.down_since.empty()) return {};
    auto well = channel;
    well.failures = 0;
    well.down_since.clear();
    well.trouble.clear();
    DS_DO(write_health(session, well));
    DS_TRY([[maybe_unused]] const auto moved,
           session.run("UPDATE deliveries SET next_attempt = ? WHERE organization = ? AND channel "
                       "= ? AND state = 'waiting' AND next_attempt > ?",
                       {rfc3339(now), channel.organization, channel.id, rfc3339(now)}));
    if (channel.down_since.empty()) return {};
    auto event = event_about(well, "channel.recovered",
                             fmt::format("Channel {} takes messages again", channel.name));
    event.text = fmt::format("It was down since {}.", channel.down_since);
    return events.raise_once(session, std::move(event), quiet, {channel.id, false});
}

Status note_failed(catalog::Session& session, Events& events, model::Channel channel,
                   const model::Delivery& delivery, const notify::DeliveryOutcome& outcome,
                   catalog::Time now) {
    const bool given_up = outcome.decision == notify::Decision::give_up;
    const bool goes_down =
        channel.down_since.empty() && (given_up || channel.failures + 1 >= failures_until_down);
    ++channel.failures;
    channel.trouble = outcome.why;
    if (goes_down) channel.down_since = rfc3339(now);
    DS_DO(write_health(session, channel));
    DS_TRY(const auto others, give_up_the_old(session, channel, outcome.why, now));
    if (outcome.again_at > now) DS_DO(put_off(session, channel, outcome.again_at));
    if (!goes_down && !given_up) return {};

    auto report = goes_down
                      ? event_about(channel, "channel.down",
                                    fmt::format("Channel {} takes no messages", channel.name))
                      : event_about(channel, "channel.given_up",
                                    fmt::format("Messages to {} were given up", channel.name));
    report.text = outcome.why;
    if (given_up) {
        const auto lost = json::read<model::Event>(delivery.event);
        if (!goes_down && lost && is_about_a_channel(*lost)) return {};
        if (lost) add_what_was_lost(report, *lost);
    }
    if (others > 0) report.text += fmt::format("\n\n{} more messages were given up.", others);
    return events.raise_once(session, std::move(report), quiet, {channel.id, true});
}

}  // namespace ds::jobs
