#include "jobs/service/events.hpp"

#include "notify/rules.hpp"

namespace ds::jobs {

namespace {

constexpr std::size_t changes_kept_max = 10'000;
constexpr std::size_t changes_told_max = 500;

notify::Subscription subscription_of(const model::Channel& channel) {
    notify::Subscription subscription;
    subscription.channel = channel.id;
    subscription.kinds = channel.kinds;
    boost::describe::enum_from_string(channel.severity.c_str(), subscription.severity_min);
    return subscription;
}

}  // namespace

// A number that no life of this server before has told: those who resume from one of those hear
// that they must read everything again.
Events::Events(const Office& office)
    : office_{office},
      newest_{static_cast<std::uint64_t>(
          std::chrono::duration_cast<std::chrono::milliseconds>(office.now().time_since_epoch())
              .count())} {}

void Events::changed(std::string organization, std::string topic, std::string id,
                     std::string state) {
    const std::lock_guard lock{mutex_};
    changes_.push_back(
        {++newest_, std::move(organization), std::move(topic), std::move(id), std::move(state)});
    if (changes_.size() > changes_kept_max) changes_.pop_front();
    arrived_.notify_all();
}

std::optional<Events::Told> Events::behind(std::uint64_t after, const std::string& organization,
                                           std::chrono::milliseconds wait,
                                           const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    if (after > newest_) return std::nullopt;
    arrived_.wait_for(lock, stop, wait, [&] { return newest_ > after; });
    Told answer{{}, after};
    if (newest_ == after) return answer;
    const auto oldest = changes_.empty() ? newest_ + 1 : changes_.front().sequence;
    if (oldest > after + 1) return std::nullopt;
    for (auto at = after + 1; at <= newest_ && answer.told.size() < changes_told_max; ++at) {
        const auto& change = changes_[at - oldest];
        if (change.organization == organization) answer.told.push_back(change);
        answer.upto = at;
    }
    return answer;
}

std::uint64_t Events::newest() const {
    const std::lock_guard lock{mutex_};
    return newest_;
}

Status Events::raise(catalog::Session& session, model::Event event) {
    const auto now = office_.now();
    if (event.id.empty()) event.id = catalog::new_id(now);
    event.at = rfc3339(now);
    model::Notification bell;
    catalog::begin_record(bell, event.organization, now);
    bell.kind = event.kind;
    bell.severity = boost::describe::enum_to_string(event.severity, "info");
    bell.title = printable(event.title, 500);
    bell.text = printable(event.text, 4000);
    bell.subject = event.subject;
    DS_DO(catalog::notifications.insert(session, bell));
    DS_TRY(const auto channels,
           catalog::channels.select(session, "WHERE organization = ? AND paused = 0",
                                    {event.organization}));
    for (const auto& channel : channels) {
        if (!notify::wants(subscription_of(channel), event)) continue;
        model::Delivery delivery;
        catalog::begin_record(delivery, event.organization, now);
        delivery.channel = channel.id;
        delivery.event = json::write(event);
        delivery.state = "waiting";
        delivery.next_attempt = rfc3339(now);
        DS_DO(catalog::deliveries.insert(session, delivery));
    }
    changed(event.organization, "notification", bell.id);
    return {};
}

Status Events::raise_once_a_day(const model::Event& event) {
    constexpr std::chrono::hours day{24};
    return office_.catalog.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto told,
               session.run(
                   "SELECT count(*) FROM notifications WHERE organization = ? AND kind = ? "
                   "AND title = ? AND created > ?",
                   {event.organization, event.kind, event.title, rfc3339(office_.now() - day)}));
        if (sql::number_of(told.at(0).at(0)) > 0) return {};
        return raise(session, event);
    });
}

}  // namespace ds::jobs
