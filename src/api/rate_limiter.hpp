#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "api/route.hpp"
#include "api/shared_rates.hpp"
#include "sys/run.hpp"

namespace ds::api {

/// Requests a minute; 0: any number. A sixth of them may come at once.
struct Rates {
    std::uint64_t address = 6'000;  // of one address; of IPv6 its /64, which one customer has
    std::uint64_t sign_in = 60;     // of one address, of what is asked to know who somebody is
    std::uint64_t user = 6'000;     // with all their sessions and tokens
    std::uint64_t token = 6'000;
    Secret redis = {};  // "redis://…": counted there, together with other servers; "" = here
};

/// How much is asked of us, by whom. In memory, where each server counts for itself, unless they
/// share their counts and those can be reached. Past a limit is Code::exhausted with the seconds to
/// wait. Thread-safe.
class RateLimiter {
public:
    /// `clock` and `log` outlive it.
    RateLimiter(const Rates& rates, sys::Clock& clock, sys::Log& log = sys::no_log());

    Status take_address(const std::string& address);
    Status take_sign_in(const std::string& address);
    Status take_caller(const Caller& caller);
    /// Whether counts are shared now.
    bool shares() const { return shared_ != nullptr && shared_->is_there(); }

private:
    using Time = std::chrono::system_clock::time_point;

    /// For each name the moment at which all that it took is earned again (the generic cell rate
    /// algorithm of ITU-T I.371): one number instead of a bucket and a time.
    class Buckets {
    public:
        /// `kind`: what its names are of.
        Buckets(std::string kind, std::uint64_t per_minute);
        /// Zero, or how long to wait.
        std::chrono::nanoseconds take(const std::string& name, Time now);
        /// The same among all who share their counts, as far as those can be reached.
        std::optional<std::chrono::nanoseconds> take(const std::string& name, SharedRates& shared);

    private:
        struct Bucket {
            std::string name;
            Time earned;
        };
        const std::string kind_;
        const std::chrono::nanoseconds each_, at_once_;
        std::mutex mutex_;
        std::list<Bucket> buckets_;  // the one that was asked last is the first
        std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_name_;
    };

    sys::Clock& clock_;
    std::unique_ptr<SharedRates> shared_;  // nullptr: nothing is shared
    Buckets addresses_, sign_ins_, users_, tokens_;

    Status take(Buckets& buckets, const std::string& name, std::string_view of_whom);
};

}  // namespace ds::api
