#include "net/retry.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "net/http.hpp"
#include "sys/random.hpp"

namespace ds::net {

Backoff::Backoff(const RetryPolicy& policy, sys::Clock& clock)
    : policy_{policy}, clock_{clock}, begin_{clock.now()} {}

std::optional<std::chrono::nanoseconds> Backoff::next(std::optional<std::chrono::seconds> asked) {
    using std::chrono::nanoseconds;
    ++failed_;
    if (failed_ >= policy_.attempts_max) return {};
    const int doublings = std::min(failed_ - 1, 20);
    const nanoseconds bound =
        std::min<nanoseconds>(policy_.first * (1LL << doublings), policy_.pause_max);
    const auto upto = static_cast<std::uint64_t>(std::max<nanoseconds::rep>(bound.count(), 1));
    nanoseconds pause{static_cast<nanoseconds::rep>(sys::random_below(upto))};
    if (asked) pause = std::max<nanoseconds>(pause, std::min(*asked, policy_.asked_max));
    const bool late = clock_.now() - begin_ + pause > policy_.total_max;
    if (late && failed_ >= policy_.attempts_min) return {};
    return pause;
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                      std::chrono::system_clock::time_point now) {
    text = trimmed(text);
    if (const auto seconds = parse_unsigned(text, "Retry-After")) {
        constexpr std::uint64_t day = 86'400;
        return std::chrono::seconds{std::min(*seconds, day)};
    }
    const auto date = parse_http_date(text);
    if (!date) return {};
    const auto pause = std::chrono::ceil<std::chrono::seconds>(*date - now);
    return std::clamp(pause, std::chrono::seconds{0}, std::chrono::seconds{86'400});
}

}  // namespace ds::net
