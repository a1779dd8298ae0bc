#pragma once

#include <thread>

#include "jobs/service/events.hpp"
#include "notify/driver.hpp"

namespace ds::jobs {

/// One round: tries every delivery that is due. Returns how many were tried.
Result<std::size_t> deliver_due(const Office& office, const notify::Outside& outside,
                                const sys::Run& run);
/// The channel of a row, with its secrets.
Result<std::unique_ptr<notify::Notifier>> open_channel(const Office& office,
                                                       const model::Channel& channel,
                                                       const notify::Outside& outside);

/// Brings events to channels, on a thread of its own, so that a channel that hangs holds up no
/// backup. One server at a time.
class DeliveryService {
public:
    DeliveryService(const Office& office, notify::Outside outside);

private:
    const Office& office_;
    notify::Outside outside_;
    std::jthread thread_;

    void serve(const std::stop_token& stop);
};

}  // namespace ds::jobs
