#include "jobs/service/delivery.hpp"

#include "base/guarded.hpp"
#include "catalog/leases.hpp"
#include "jobs/service/channel_health.hpp"
#include "notify/all.hpp"

namespace ds::jobs {
namespace {

using std::chrono_literals::operator""s;

constexpr std::chrono::seconds lease_term{120};  // longer than one try may take
constexpr std::chrono::seconds look_every{2};
constexpr std::size_t channels_at_once = 8;
constexpr std::size_t tries_kept = 20;  // of one delivery
constexpr int deliveries_a_turn = 10;   // of one channel, while all goes well
constexpr std::string_view due_channels =
    "SELECT organization, channel FROM deliveries WHERE state = 'waiting' AND next_attempt <= ? "
    "GROUP BY organization, channel ORDER BY min(next_attempt) LIMIT 100";
constexpr std::string_view due_of_channel =
    "WHERE organization = ? AND channel = ? AND state = 'waiting' AND next_attempt <= ? "
    "ORDER BY id LIMIT 1";

void note_try(model::Delivery& delivery, const notify::DeliveryOutcome& outcome,
              catalog::Time now) {
    const bool delivered = outcome.decision == notify::Decision::delivered;
    delivery.answer = delivered ? outcome.receipt->answer : outcome.why;
    delivery.changed = rfc3339(now);
    if (outcome.counts) ++delivery.attempts;
    if (outcome.counts || delivered) {
        delivery.tries.push_back({rfc3339(now), delivered, delivery.answer});
        if (delivery.tries.size() > tries_kept) delivery.tries.erase(delivery.tries.begin());
    }
    switch (outcome.decision) {
        case notify::Decision::delivered: delivery.state = "delivered"; break;
        case notify::Decision::again: delivery.next_attempt = rfc3339(outcome.again_at); break;
        case notify::Decision::give_up: delivery.state = "given up"; break;
    }
}

notify::DeliveryOutcome given_up(std::string why) {
    notify::DeliveryOutcome outcome;
    outcome.why = std::move(why);
    return outcome;
}

/// One try; an error is one that stays, whatever is tried.
Result<notify::DeliveryOutcome> attempt(const Office& office, const model::Delivery& delivery,
                                        const model::Channel& channel,
                                        const notify::Outside& outside, const sys::Run& run) {
    DS_TRY(const auto notifier, open_channel(office, channel, outside));
    DS_TRY(const auto event, json::read<model::Event>(delivery.event));
    DS_TRY(const auto since, from_rfc3339(delivery.created));
    // A channel that was silent for others is asked as rarely as it deserves.
    const auto failed = static_cast<int>(std::max(delivery.attempts, channel.failures));
    return notify::attempt(*notifier, event, {failed, since}, run);
}

/// What came of a try, in one transaction.
Status note(const Office& office, Events& events, model::Delivery delivery,
            const notify::DeliveryOutcome& outcome) {
    const auto now = office.now();
    note_try(delivery, outcome, now);
    if (outcome.decision != notify::Decision::delivered)
        office.log.warn("delivery.failed", outcome.why,
                        {{"delivery", delivery.id}, {"channel", delivery.channel}});
    DS_DO(office.catalog.write([&](catalog::Session& session) -> Status {
        DS_DO(catalog::deliveries.update(session, delivery));
        DS_TRY(const auto channel,
               catalog::channels.find(session, delivery.organization, delivery.channel));
        if (!channel) return {};
        if (outcome.decision == notify::Decision::delivered)
            return note_reached(session, events, *channel, now);
        if (outcome.decision == notify::Decision::again && !outcome.counts) return {};
        return note_failed(session, events, *channel, delivery, outcome, now);
    }));
    events.changed(delivery.organization, "delivery", delivery.id, delivery.state);
    return {};
}

}  // namespace

Result<notify::Settings> settings_of(const Office& office, const model::Channel& channel) {
    notify::Settings settings = channel.options;
    DS_TRY(const auto sealed, office.vault.open_sealed(channel.sealed, "channels/" + channel.id));
    if (sealed.empty()) return settings;
    DS_TRY(auto secrets, json::read<notify::Settings>(sealed.reveal()));
    settings.merge(secrets);
    return settings;
}

Result<std::unique_ptr<notify::Notifier>> open_channel(const Office& office,
                                                       const model::Channel& channel,
                                                       const notify::Outside& outside) {
    DS_TRY(const auto settings, settings_of(office, channel));
    return notify::open_channel(channel.driver, settings, outside);
}

Deliveries::Deliveries(const Office& office, Events& events, notify::Outside outside)
    : office_{office}, events_{events}, outside_{std::move(outside)} {}

Result<std::size_t> Deliveries::begin_due(const sys::Run& run) {
    forget_done();
    DS_TRY(const auto rows, office_.catalog.read([&](catalog::Session& session) {
        return session.run(due_channels, {rfc3339(office_.now())});
    }));
    std::size_t begun = 0;
    for (const auto& row : rows) {
        if (busy_.size() >= channels_at_once) break;
        const auto organization = sql::text_of(row.at(0));
        const auto channel = sql::text_of(row.at(1));
        if (is_busy(channel)) continue;
        auto done = std::async(std::launch::async, [this, run, organization, channel] {
            for (int at = 0; at < deliveries_a_turn; ++at) {
                if (!deliver_next(organization, channel, run)) break;
            }
        });
        busy_.push_back({channel, std::move(done)});
        ++begun;
    }
    return begun;
}

void Deliveries::wait() { busy_.clear(); }

void Deliveries::forget_done() {
    std::erase_if(busy_, [](const Work& work) {
        return work.done.wait_for(0s) == std::future_status::ready;
    });
}

bool Deliveries::is_busy(const std::string& channel) const {
    return std::any_of(busy_.begin(), busy_.end(),
                       [&](const Work& work) { return work.channel == channel; });
}

/// What fails here on our side stays due, and is tried again.
bool Deliveries::deliver_next(const std::string& organization, const std::string& id,
                              const sys::Run& run) const {
    std::optional<model::Channel> channel;
    std::vector<model::Delivery> next;
    const auto found = office_.catalog.read([&](catalog::Session& session) -> Status {
        DS_TRY(channel, catalog::channels.find(session, organization, id));
        DS_TRY(next, catalog::deliveries.select(session, due_of_channel,
                                                {organization, id, rfc3339(office_.now())}));
        return {};
    });
    if (!found || next.empty()) return false;
    const auto tried = guarded([&]() -> Result<notify::DeliveryOutcome> {
        if (!channel) return given_up("the channel was removed");
        return attempt(office_, next.front(), *channel, outside_, run);
    });
    const auto outcome = tried ? *tried : given_up(tried.error().message());
    return note(office_, events_, next.front(), outcome) &&
           outcome.decision == notify::Decision::delivered;
}

DeliveryService::DeliveryService(const Office& office, Events& events, notify::Outside outside)
    : office_{office}, events_{events}, outside_{std::move(outside)} {
    thread_ = std::jthread{[this](const std::stop_token& stop) { serve(stop); }};
}

void DeliveryService::serve(const std::stop_token& stop) {
    const sys::Run run{stop, office_.clock, sys::no_progress()};
    Deliveries deliveries{office_, events_, outside_};
    do {
        const auto mine = catalog::take_lease(office_.catalog, "deliveries", office_.name,
                                              office_.now(), lease_term);
        // What failed stays due, and is tried in the next round.
        if (mine && *mine) static_cast<void>(deliveries.begin_due(run));
    } while (office_.clock.sleep_for(look_every, stop));
    deliveries.wait();
    static_cast<void>(catalog::give_lease(office_.catalog, "deliveries", office_.name));
}

}  // namespace ds::jobs
