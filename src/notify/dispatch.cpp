#include "notify/dispatch.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::notify {
namespace {

std::chrono::seconds pause_after(const Tries& tries, const Error& error, double chance,
                                 const Patience& patience) {
    const int doublings = std::clamp(tries.failed, 0, 20);
    const auto bound = std::min(patience.first * (1L << doublings), patience.pause_max);
    const auto seconds = static_cast<double>(bound.count()) * (1 - chance / 4);
    const auto pause = std::chrono::seconds{static_cast<long>(seconds)};
    return std::max(pause, std::chrono::seconds{error.wait_seconds()});
}

std::string told(const Error& error) {
    return error.hint().empty() ? error.message() : error.message() + " – " + error.hint();
}

}  // namespace

DeliveryOutcome judge(const Error& error, const Tries& tries,
                      std::chrono::system_clock::time_point now, double chance,
                      const Patience& patience) {
    DeliveryOutcome outcome;
    outcome.why = told(error);
    if (error.code() == Code::cancelled) {
        outcome.decision = Decision::again;
        outcome.again_at = now;
        outcome.counts = false;
        return outcome;
    }
    if (!error.transient()) return outcome;
    outcome.again_at = now + pause_after(tries, error, chance, patience);
    if (outcome.again_at <= tries.since + patience.total_max) {
        outcome.decision = Decision::again;
        return outcome;
    }
    outcome.why = fmt::format("given up after {} tries in {}: {}", tries.failed + 1,
                              human_duration(now - tries.since), outcome.why);
    return outcome;
}

DeliveryOutcome attempt(Notifier& notifier, const model::Event& event, const Tries& tries,
                        const sys::Run& run, const Patience& patience) {
    auto sent = notifier.send(event, run);
    if (!sent) {
        const auto chance = static_cast<double>(sys::random_below(1001)) / 1000;
        return judge(sent.error(), tries, run.clock.now(), chance, patience);
    }
    DeliveryOutcome outcome;
    outcome.decision = Decision::delivered;
    outcome.receipt = std::move(*sent);
    outcome.counts = false;
    return outcome;
}

}  // namespace ds::notify
