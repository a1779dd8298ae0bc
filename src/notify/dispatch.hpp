#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "notify/notifier.hpp"

namespace ds::notify {

struct Patience {
    std::chrono::seconds first{10};
    std::chrono::seconds pause_max{3600};
    std::chrono::seconds total_max{86'400};
};

/// What was tried for one event on one channel so far.
struct Tries {
    int failed = 0;                                 // before this one
    std::chrono::system_clock::time_point since{};  // when the event was first to be delivered
};

enum class Decision {
    delivered,
    again,    // at `again_at`; a try that was cancelled counts for nothing and may begin at once
    give_up,  // nothing changes by trying, or patience is over: `why` is for people
};

struct DeliveryOutcome {
    Decision decision = Decision::give_up;
    std::optional<Receipt> receipt;                  // delivered
    std::chrono::system_clock::time_point again_at;  // again
    std::string why;                                 // again, give_up
    bool counts = true;                              // as a failed try
};

/// What follows from a failure. Pauses double from `first` to `pause_max`; `chance` in [0, 1] makes
/// them up to a quarter shorter, so that many messages do not come back at once. Never earlier than
/// the other side asked for.
DeliveryOutcome judge(const Error& error, const Tries& tries,
                      std::chrono::system_clock::time_point now, double chance,
                      const Patience& patience = {});

/// One try.
DeliveryOutcome attempt(Notifier& notifier, const model::Event& event, const Tries& tries,
                        const sys::Run& run, const Patience& patience = {});

}  // namespace ds::notify
