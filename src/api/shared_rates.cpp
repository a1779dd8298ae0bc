#include "api/shared_rates.hpp"

#include <fmt/format.h>

namespace ds::api {
namespace {

using namespace std::chrono_literals;

// A request that waits for Redis waits no longer than this for its turn, and this for the answer.
constexpr auto patience = 100ms;
constexpr auto connect_patience = 2s;
constexpr auto between_attempts = 1s;

/// The generic cell rate algorithm, as RateLimiter has it, in microseconds of the Redis server's
/// clock, which all who share it have in common.
constexpr std::string_view script = R"lua(
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local each, at_once = tonumber(ARGV[1]), tonumber(ARGV[2])
local earned = tonumber(redis.call('GET', KEYS[1])) or now
if earned < now or earned > now + at_once + each then earned = now end
local after = earned + each
if after > now + at_once then return after - now - at_once end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1)
return 0
)lua";

std::string microseconds(std::chrono::nanoseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(time).count());
}

}  // namespace

SharedRates::SharedRates(Secret url, sys::Log& log)
    : url_{std::move(url)},
      log_{log},
      keeper_{[this](const std::stop_token& stop) { keep(stop); }} {}

SharedRates::~SharedRates() {
    keeper_.request_stop();
    lost_.notify_all();
}

std::optional<std::chrono::nanoseconds> SharedRates::take(const std::string& name,
                                                          std::chrono::nanoseconds each,
                                                          std::chrono::nanoseconds at_once) {
    if (!there_) return std::nullopt;
    const std::unique_lock lock{mutex_, patience};
    if (!lock || redis_ == nullptr) return std::nullopt;
    const auto wait = redis_->evaluate(script, {"dumpstation:rate:" + name},
                                       {microseconds(each), microseconds(at_once)});
    if (wait) return std::chrono::microseconds{*wait};
    let_go(wait.error());
    return std::nullopt;
}

/// Under mutex_.
void SharedRates::let_go(const Error& why) {
    redis_.reset();
    there_ = false;
    log_.warn("rate.redis.away",
              "Redis does not answer; each server counts requests for itself: " + why.message());
    lost_.notify_all();
}

/// Connections are made beside the requests: a name that is looked up may take long.
void SharedRates::keep(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (!there_) connect();
        std::unique_lock lock{waiting_mutex_};
        lost_.wait_for(lock, stop, between_attempts, [] { return false; });
    }
}

void SharedRates::connect() {
    auto opened = net::Redis::open(url_, connect_patience);
    if (!opened) {
        // Once, not for every attempt; what was lost after it was there has been told.
        if (!std::exchange(told_, true))
            log_.warn("rate.redis.away",
                      "each server counts requests for itself: " + opened.error().message());
        return;
    }
    told_ = true;
    const std::lock_guard lock{mutex_};
    redis_ = std::move(*opened);
    there_ = true;
    log_.info("rate.redis.there", "requests are counted together with other servers");
}

}  // namespace ds::api
