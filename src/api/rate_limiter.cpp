#include "api/rate_limiter.hpp"

#include "net/address.hpp"

namespace ds::api {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t buckets_max = 50'000;  // some 10 MB; whoever was silent longest is forgotten
constexpr std::uint64_t minute = 60'000'000'000;  // in nanoseconds
constexpr std::uint64_t at_once_part = 6;
constexpr std::uint64_t at_once_min = 10;

/// Whoever has an IPv6 address has the 2^64 around it.
std::string owner_of(const std::string& address) {
    const auto parsed = net::Address::parse(address);
    if (!parsed || parsed->is_v4()) return parsed ? parsed->shown() : address;
    const auto& bytes = parsed->bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size() / 2};
}

}  // namespace

RateLimiter::Buckets::Buckets(std::string kind, std::uint64_t per_minute)
    : kind_{std::move(kind)},
      each_{per_minute == 0 ? 0 : minute / per_minute},
      at_once_{each_ *
               static_cast<std::int64_t>(std::max(per_minute / at_once_part, at_once_min))} {}

std::chrono::nanoseconds RateLimiter::Buckets::take(const std::string& name, Time now) {
    if (each_ == 0ns) return 0ns;
    const std::lock_guard lock{mutex_};
    const auto known = by_name_.find(name);
    if (known != by_name_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
    } else {
        if (buckets_.size() >= buckets_max) {
            by_name_.erase(buckets_.back().name);
            buckets_.pop_back();
        }
        buckets_.push_front({name, now});
        by_name_.emplace(buckets_.front().name, buckets_.begin());
    }
    auto& earned = buckets_.front().earned;
    // A clock that was put back must not keep anybody out.
    if (earned < now || earned > now + at_once_ + each_) earned = now;
    const auto after = earned + std::chrono::duration_cast<Time::duration>(each_);
    const auto most = now + std::chrono::duration_cast<Time::duration>(at_once_);
    if (after > most) return after - most;
    earned = after;
    return 0ns;
}

std::optional<std::chrono::nanoseconds> RateLimiter::Buckets::take(const std::string& name,
                                                                   SharedRates& shared) {
    if (each_ == 0ns) return 0ns;
    return shared.take(kind_ + ":" + name, each_, at_once_);
}

RateLimiter::RateLimiter(const Rates& rates, sys::Clock& clock, sys::Log& log)
    : clock_{clock},
      shared_{rates.redis.empty() ? nullptr : std::make_unique<SharedRates>(rates.redis, log)},
      addresses_{"address", rates.address},
      sign_ins_{"sign-in", rates.sign_in},
      users_{"user", rates.user},
      tokens_{"token", rates.token} {}

Status RateLimiter::take_address(const std::string& address) {
    return take(addresses_, owner_of(address), "this address");
}

Status RateLimiter::take_sign_in(const std::string& address) {
    return take(sign_ins_, owner_of(address), "this address, without being signed in");
}

Status RateLimiter::take_caller(const Caller& caller) {
    if (!caller.token.empty()) DS_DO(take(tokens_, caller.token, "this token"));
    return caller.user.empty() ? Status{} : take(users_, caller.user, "this user");
}

Status RateLimiter::take(Buckets& buckets, const std::string& name, std::string_view of_whom) {
    const auto together = shared_ ? buckets.take(name, *shared_) : std::nullopt;
    const auto wait = together ? *together : buckets.take(name, clock_.now());
    if (wait == 0ns) return {};
    return fail(Code::exhausted, fmt::format("too many requests of {}", of_whom),
                "Wait as long as Retry-After says.")
        .waiting(std::chrono::duration_cast<std::chrono::seconds>(wait).count() + 1);
}

}  // namespace ds::api
