#pragma once

#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "api/route.hpp"
#include "sys/run.hpp"

namespace ds::api {

/// Requests a minute; 0: any number. A sixth of them may come at once.
struct Rates {
    std::uint64_t address = 6'000;  // of one address; of IPv6 its /64, which one customer has
    std::uint64_t sign_in = 60;     // of one address, of what is asked to know who somebody is
    std::uint64_t user = 6'000;     // with all their sessions and tokens
    std::uint64_t token = 6'000;
};

/// How much is asked of us, by whom. In memory: each server counts for itself. Past a limit is
/// Code::exhausted with the seconds to wait. Thread-safe.
class RateLimiter {
public:
    /// `clock` outlives it.
    RateLimiter(const Rates& rates, sys::Clock& clock);

    Status take_address(const std::string& address);
    Status take_sign_in(const std::string& address);
    Status take_caller(const Caller& caller);

private:
    using Time = std::chrono::system_clock::time_point;

    /// For each name the moment at which all that it took is earned again (the generic cell rate
    /// algorithm of ITU-T I.371): one number instead of a bucket and a time.
    class Buckets {
    public:
        explicit Buckets(std::uint64_t per_minute);
        /// Zero, or how long to wait.
        std::chrono::nanoseconds take(const std::string& name, Time now);

    private:
        struct Bucket {
            std::string name;
            Time earned;
        };
        const std::chrono::nanoseconds each_, at_once_;
        std::mutex mutex_;
        std::list<Bucket> buckets_;  // the one that was asked last is the first
        std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_name_;
    };

    sys::Clock& clock_;
    Buckets addresses_, sign_ins_, users_, tokens_;

    Status take(Buckets& buckets, const std::string& name, std::string_view of_whom);
};

}  // namespace ds::api
