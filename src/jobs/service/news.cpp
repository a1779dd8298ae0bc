#include "jobs/service/news.hpp"

#include <fmt/format.h>

#include "notify/all.hpp"
#include "notify/rules.hpp"

namespace ds::jobs {
namespace {

constexpr std::int64_t waiting_max = 1000;  // of one channel
constexpr std::chrono::hours deliveries_kept{24 * 30};
constexpr std::chrono::hours notifications_kept{24 * 90};
constexpr std::int64_t deliveries_kept_max = 20'000;  // of one organization
constexpr std::int64_t notifications_kept_max = 5000;

bool is_usual(const std::string& kind) {
    const auto* known = model::find_event_kind(kind);
    return known == nullptr || known->usual;
}

notify::Subscription subscription_of(const model::Channel& channel) {
    notify::Subscription subscription{
        channel.id, channel.kinds, {}, channel.subjects, channel.subject_labels};
    const auto* driver = notify::find_driver(channel.driver);
    if (channel.kinds.empty() && driver != nullptr)
        subscription.kinds = notify::usual_kinds(*driver);
    boost::describe::enum_from_string(channel.severity.c_str(), subscription.severity_min);
    return subscription;
}

Result<std::vector<model::Channel>> hearing_channels(catalog::Session& session,
                                                     const model::Event& event,
                                                     const Hearers& hearers) {
    DS_TRY(auto channels,
           catalog::channels.select(session, "WHERE organization = ? AND paused = 0 ORDER BY id",
                                    {event.organization}));
    if (!hearers.except.empty()) {
        std::erase_if(channels, [&](const model::Channel& channel) {
            return channel.id == hearers.except || !channel.down_since.empty();
        });
    }
    std::vector<model::Channel> hearing;
    for (const auto& channel : channels) {
        if (notify::wants(subscription_of(channel), event)) hearing.push_back(channel);
    }
    if (hearing.empty() && hearers.somebody && !channels.empty()) hearing.push_back(channels[0]);
    return hearing;
}

Result<std::int64_t> waiting_for(catalog::Session& session, const model::Channel& channel) {
    DS_TRY(const auto rows,
           session.run("SELECT count(*) FROM deliveries WHERE organization = ? AND channel = ? AND "
                       "state = 'waiting'",
                       {channel.organization, channel.id}));
    return sql::number_of(rows.at(0).at(0));
}

Status enter_delivery(catalog::Session& session, const model::Channel& channel,
                      const model::Event& event, catalog::Time now) {
    model::Delivery delivery;
    catalog::begin_record(delivery, event.organization, now);
    delivery.channel = channel.id;
    delivery.event = json::write(event);
    delivery.state = "waiting";
    delivery.next_attempt = rfc3339(now);
    DS_TRY(const auto waiting, waiting_for(session, channel));
    if (waiting >= waiting_max) {
        delivery.state = "given up";
        delivery.answer = fmt::format("{} messages wait for this channel already", waiting);
    }
    return catalog::deliveries.insert(session, delivery);
}

Result<std::string> ring(catalog::Session& session, const model::Event& event, catalog::Time now) {
    model::Notification bell;
    catalog::begin_record(bell, event.organization, now);
    bell.kind = event.kind;
    bell.severity = boost::describe::enum_to_string(event.severity, "info");
    bell.title = printable(event.title, 500);
    bell.text = printable(event.text, 4000);
    bell.subject = event.subject;
    DS_DO(catalog::notifications.insert(session, bell));
    return bell.id;
}

/// Removes rows of one organization's table that are older than `before`, or behind the newest
/// `kept_max`; `which` is our own text.
Result<std::size_t> forget(catalog::Session& session, std::string_view table,
                           std::string_view which, const std::string& organization,
                           catalog::Time before, std::int64_t kept_max) {
    DS_TRY([[maybe_unused]] const auto old,
           session.run(
               fmt::format("DELETE FROM {} WHERE organization = ? AND created < ?{}", table, which),
               {organization, rfc3339(before)}));
    auto gone = static_cast<std::size_t>(session.changed());
    DS_TRY([[maybe_unused]] const auto many,
           session.run(fmt::format("DELETE FROM {0} WHERE organization = ? AND id <= (SELECT id "
                                   "FROM {0} WHERE organization = ? ORDER BY id DESC LIMIT 1 "
                                   "OFFSET ?){1}",
                                   table, which),
                       {organization, organization, kept_max}));
    return gone + static_cast<std::size_t>(session.changed());
}

}  // namespace

void about(model::Event& event, const model::Database& database) {
    event.subject = database.name;
    for (const auto& [name, value] : database.labels)
        event.labels.push_back(value.empty() ? name : name + ":" + value);
}

Result<std::string> enter_news(catalog::Session& session, model::Event& event, catalog::Time now,
                               const Hearers& hearers) {
    if (event.id.empty()) event.id = catalog::new_id(now);
    event.at = rfc3339(now);
    std::string bell;
    if (is_usual(event.kind)) {
        DS_TRY(bell, ring(session, event, now));
    }
    DS_TRY(const auto channels, hearing_channels(session, event, hearers));
    for (const auto& channel : channels) DS_DO(enter_delivery(session, channel, event, now));
    return bell;
}

Result<bool> was_told(catalog::Session& session, const model::Event& event, catalog::Time now,
                      std::chrono::seconds quiet) {
    DS_TRY(const auto told,
           session.run("SELECT count(*) FROM notifications WHERE organization = ? AND kind = ? "
                       "AND title = ? AND created > ?",
                       {event.organization, event.kind, printable(event.title, 500),
                        rfc3339(now - quiet)}));
    return sql::number_of(told.at(0).at(0)) > 0;
}

Result<model::Delivery> replay(catalog::Session& session, const std::string& organization,
                               const std::string& id, catalog::Time now) {
    DS_TRY(const auto before, catalog::deliveries.get(session, organization, id));
    DS_TRY(const auto channel, catalog::channels.find(session, organization, before.channel));
    if (!channel) return fail(Code::conflict, "the channel of this delivery was removed");
    model::Delivery again;
    catalog::begin_record(again, organization, now);
    again.channel = before.channel;
    again.event = before.event;
    again.state = "waiting";
    again.next_attempt = rfc3339(now);
    again.replay_of = before.id;
    DS_DO(catalog::deliveries.insert(session, again));
    return again;
}

Result<std::size_t> forget_old_news(const Office& office) {
    const auto now = office.now();
    return office.catalog.write([&](catalog::Session& session) -> Result<std::size_t> {
        DS_TRY(const auto organizations,
               session.run("SELECT DISTINCT organization FROM notifications UNION "
                           "SELECT DISTINCT organization FROM deliveries"));
        std::size_t gone = 0;
        for (const auto& row : organizations) {
            const auto organization = sql::text_of(row.at(0));
            DS_TRY(const auto deliveries,
                   forget(session, "deliveries", " AND state <> 'waiting'", organization,
                          now - deliveries_kept, deliveries_kept_max));
            DS_TRY(const auto notifications,
                   forget(session, "notifications", "", organization, now - notifications_kept,
                          notifications_kept_max));
            gone += deliveries + notifications;
        }
        return gone;
    });
}

}  // namespace ds::jobs
