#pragma once

#include "jobs/service/duty.hpp"
#include "jobs/service/events.hpp"

namespace ds::jobs {

/// Sees to the news that no run brings: stores that are nearly full, weekly digests, and old news
/// that go.
class NewsDesk {
public:
    NewsDesk(const Office& office, Events& events, std::chrono::milliseconds every);

private:
    Duty duty_;
};

}  // namespace ds::jobs
