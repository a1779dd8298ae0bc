#pragma once

#include <future>
#include <thread>

#include "jobs/service/events.hpp"
#include "notify/driver.hpp"

namespace ds::jobs {

/// The settings of a channel's row, with its secrets.
Result<notify::Settings> settings_of(const Office& office, const model::Channel& channel);
/// The channel of a row; contacts nobody.
Result<std::unique_ptr<notify::Notifier>> open_channel(const Office& office,
                                                       const model::Channel& channel,
                                                       const notify::Outside& outside);

/// Deliveries at work: one of a channel at a time, several channels side by side, so that one that
/// hangs keeps no other waiting. What is sent and then not noted, because this server died or the
/// catalog was away, is sent again. One thread.
class Deliveries {
public:
    Deliveries(const Office& office, Events& events, notify::Outside outside);

    /// Begins with what is due on channels that are not busy; returns how many channels.
    Result<std::size_t> begin_due(const sys::Run& run);
    /// Until all that began are done.
    void wait();

private:
    struct Work {
        std::string channel;
        std::future<void> done;
    };
    const Office& office_;
    Events& events_;
    notify::Outside outside_;
    std::vector<Work> busy_;

    void forget_done();
    bool is_busy(const std::string& channel) const;
    /// True when something was delivered, and there may be more.
    bool deliver_next(const std::string& organization, const std::string& channel,
                      const sys::Run& run) const;
};

/// Brings events to channels, on threads of its own, so that a channel that hangs holds up no
/// backup. One server at a time.
class DeliveryService {
public:
    DeliveryService(const Office& office, Events& events, notify::Outside outside);

private:
    const Office& office_;
    Events& events_;
    notify::Outside outside_;
    std::jthread thread_;

    void serve(const std::stop_token& stop);
};

}  // namespace ds::jobs
