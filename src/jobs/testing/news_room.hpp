#pragma once

#include <map>

#include "jobs/service/delivery.hpp"
#include "jobs/testing/own_office.hpp"
#include "net/testing/scripted_http.hpp"
#include "notify/all.hpp"

namespace ds::jobs::testing {

/// A receiver of webhooks that keeps what it is told.
class Receiver {
public:
    net::testing::Act reply = net::testing::answer(200, "thanks");

    std::string url() const { return server_.origin() + "/hook"; }
    /// The events that came, by kind, in their order.
    std::vector<std::string> kinds() const {
        const std::lock_guard lock{mutex_};
        return kinds_;
    }
    model::Event last() const {
        const std::lock_guard lock{mutex_};
        return last_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> kinds_;
    model::Event last_;
    net::testing::ScriptedHttp server_{[this](const net::testing::Heard& heard) {
        const std::lock_guard lock{mutex_};
        const auto event = json::read<model::Event>(text_of(heard.body));
        EXPECT_TRUE(event) << event.error().message();
        if (event && reply.status < 300) {
            kinds_.push_back(event->kind);
            last_ = *event;
        }
        return reply;
    }};
};

/// An office whose channels are real, with a clock that is set by hand.
class NewsRoom : public ::testing::Test {
protected:
    explicit NewsRoom(const Secret& catalog_url = {})
        : own{*from_rfc3339("2026-11-18T09:00:00Z"), catalog_url} {}

    OwnOffice own;
    Office office = own.office();
    Events events{office};

    model::Channel add_channel(const std::string& name, const Receiver& receiver,
                               std::vector<std::string> kinds = {}) {
        model::Channel channel;
        channel.name = name;
        channel.driver = "webhook";
        channel.options = {{"url", receiver.url()}};
        channel.kinds = std::move(kinds);
        return own.insert(catalog::channels, channel);
    }
    model::Event event(std::string_view kind = "backup.failed") {
        auto made = model::event_of(kind, OwnOffice::tenant, "shop", "Backup of shop failed");
        made.text = "pg_dump: error: no such host";
        return made;
    }
    void raise(const model::Event& event) {
        const auto raised = own.catalog().write(
            [&](catalog::Session& session) { return events.raise(session, event); });
        ASSERT_TRUE(raised) << raised.error().message();
    }
    /// Until nothing is due; returns how many turns that took.
    int deliver() {
        Deliveries deliveries{office, events, notify::plain_outside()};
        int turns = 0;
        for (; turns < 100; ++turns) {
            const auto begun = deliveries.begin_due({{}, own.clock, sys::no_progress()});
            EXPECT_TRUE(begun) << begun.error().message();
            if (!begun || *begun == 0) break;
            deliveries.wait();
        }
        return turns;
    }
    void live(std::chrono::seconds span, std::chrono::seconds step) {
        for (const auto until = own.clock.now() + span; own.clock.now() < until;) {
            deliver();
            own.clock.advance(step);
        }
    }
    /// The titles of the bell's notifications of that kind.
    std::vector<std::string> told(const std::string& kind) {
        std::vector<std::string> titles;
        for (const auto& bell : own.rows(catalog::notifications)) {
            if (bell.kind == kind) titles.push_back(bell.title);
        }
        return titles;
    }
};

}  // namespace ds::jobs::testing
