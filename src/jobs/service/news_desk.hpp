#pragma once

#include <thread>

#include "jobs/service/events.hpp"

namespace ds::jobs {

/// Sees to the news that no run brings, on a thread of its own: stores that are nearly full, weekly
/// digests, and old news that go. One server at a time.
class NewsDesk {
public:
    NewsDesk(const Office& office, Events& events, std::chrono::milliseconds every);

private:
    const Office& office_;
    Events& events_;
    const std::chrono::milliseconds every_;
    std::jthread thread_;

    void serve(const std::stop_token& stop);
};

}  // namespace ds::jobs
