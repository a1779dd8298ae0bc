#include "jobs/service/delivery.hpp"

#include "catalog/leases.hpp"
#include "notify/all.hpp"
#include "notify/dispatch.hpp"

namespace ds::jobs {
namespace {

constexpr std::chrono::seconds lease_term{120};  // longer than one try may take
constexpr std::chrono::seconds look_every{2};
constexpr std::string_view due =
    "WHERE state = 'waiting' AND next_attempt <= ? ORDER BY next_attempt LIMIT 50";

void apply(model::Delivery& delivery, const notify::DeliveryOutcome& outcome, catalog::Time now) {
    if (outcome.counts) ++delivery.attempts;
    delivery.changed = rfc3339(now);
    switch (outcome.decision) {
        case notify::Decision::delivered:
            delivery.state = "delivered";
            delivery.answer = outcome.receipt->answer;
            break;
        case notify::Decision::again:
            delivery.next_attempt = rfc3339(outcome.again_at);
            delivery.answer = outcome.why;
            break;
        case notify::Decision::give_up:
            delivery.state = "given up";
            delivery.answer = outcome.why;
            break;
    }
}

Result<notify::DeliveryOutcome> try_one(const Office& office, const model::Delivery& delivery,
                                        const notify::Outside& outside, const sys::Run& run) {
    const auto give_up = [](std::string why) {
        notify::DeliveryOutcome outcome;
        outcome.why = std::move(why);
        return outcome;
    };
    DS_TRY(const auto channel, office.catalog.read([&](catalog::Session& session) {
        return catalog::channels.find(session, delivery.organization, delivery.channel);
    }));
    if (!channel) return give_up("the channel was removed");
    const auto notifier = open_channel(office, *channel, outside);
    if (!notifier) return give_up(notifier.error().message());
    DS_TRY(const auto event, json::read<model::Event>(delivery.event));
    DS_TRY(const auto since, from_rfc3339(delivery.created));
    return notify::attempt(**notifier, event, {static_cast<int>(delivery.attempts), since}, run);
}

}  // namespace

Result<std::unique_ptr<notify::Notifier>> open_channel(const Office& office,
                                                       const model::Channel& channel,
                                                       const notify::Outside& outside) {
    notify::Settings settings = channel.options;
    DS_TRY(const auto sealed, office.vault.open_sealed(channel.sealed, "channels/" + channel.id));
    if (!sealed.empty()) {
        DS_TRY(auto secrets, json::read<notify::Settings>(sealed.reveal()));
        settings.merge(secrets);
    }
    return notify::open_channel(channel.driver, settings, outside);
}

Result<std::size_t> deliver_due(const Office& office, const notify::Outside& outside,
                                const sys::Run& run) {
    DS_TRY(auto waiting, office.catalog.read([&](catalog::Session& session) {
        return catalog::deliveries.select(session, due, {rfc3339(office.now())});
    }));
    for (auto& delivery : waiting) {
        DS_DO(run.check());
        DS_TRY(const auto outcome, try_one(office, delivery, outside, run));
        apply(delivery, outcome, office.now());
        if (outcome.decision != notify::Decision::delivered)
            office.log.warn("delivery.failed", outcome.why,
                            {{"delivery", delivery.id}, {"channel", delivery.channel}});
        DS_DO(office.catalog.write([&](catalog::Session& session) {
            return catalog::deliveries.update(session, delivery);
        }));
    }
    return waiting.size();
}

DeliveryService::DeliveryService(const Office& office, notify::Outside outside)
    : office_{office}, outside_{std::move(outside)} {
    thread_ = std::jthread{[this](const std::stop_token& stop) { serve(stop); }};
}

void DeliveryService::serve(const std::stop_token& stop) {
    const sys::Run run{stop, office_.clock, sys::no_progress()};
    do {
        const auto mine = catalog::take_lease(office_.catalog, "deliveries", office_.name,
                                              office_.now(), lease_term);
        // What failed stays due, and is tried in the next round.
        if (mine && *mine) static_cast<void>(deliver_due(office_, outside_, run));
    } while (office_.clock.sleep_for(look_every, stop));
    static_cast<void>(catalog::give_lease(office_.catalog, "deliveries", office_.name));
}

}  // namespace ds::jobs
