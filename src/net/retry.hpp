#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "sys/run.hpp"

namespace ds::net {

struct RetryPolicy {
    int attempts_max = 8;
    int attempts_min = 3;  // tried even when total_max has gone by, as after a long upload
    std::chrono::milliseconds first{250};
    std::chrono::milliseconds pause_max{20'000};
    std::chrono::seconds total_max{300};
    std::chrono::seconds asked_max{120};  // the longest Retry-After that is obeyed to the full
};

/// The pauses between attempts of one call: random between nothing and a bound that doubles ("full
/// jitter"), so that many clients do not come back at the same moment.
class Backoff {
public:
    Backoff(const RetryPolicy& policy, sys::Clock& clock);

    /// After a failed attempt: how long to wait before the next one, not less than the server asked
    /// for. Nothing when it is time to give up.
    std::optional<std::chrono::nanoseconds> next(std::optional<std::chrono::seconds> asked = {});
    /// Attempts that failed so far.
    int failed() const { return failed_; }

private:
    const RetryPolicy policy_;
    sys::Clock& clock_;
    const std::chrono::system_clock::time_point begin_;
    int failed_ = 0;
};

/// A Retry-After value: whole seconds or an HTTP date, which is compared with `now`.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text,
                                                      std::chrono::system_clock::time_point now);

}  // namespace ds::net
