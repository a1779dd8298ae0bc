#pragma once

#include "api/rate_limiter.hpp"
#include "http/response.hpp"
#include "net/address.hpp"

namespace ds::api {

struct DoorRules {
    net::Networks proxies;             // whose X-Forwarded-For is believed; nobody's unless named
    net::Networks clients;             // who may come at all; empty: everybody
    std::vector<std::string> origins;  // "https://console.example.com": pages that may call us
    bool demo = false;                 // nothing may be changed, by nobody
    bool tls = false;                  // we are spoken to over TLS, so browsers may insist on it
};

/// What holds for every request before anybody looks at what it wants, and for every answer: who
/// really asks, whether they may come, how often, from which pages, and what browsers must not do
/// with the answer. Thread-safe.
class FrontDoor {
public:
    /// `limiter` outlives it.
    FrontDoor(DoorRules rules, RateLimiter& limiter)
        : rules_{std::move(rules)}, limiter_{limiter} {}

    http::Response answer(const http::Request& request, const std::stop_token& stop,
                          const http::Handler& inside) const;

    /// Who asks: who is connected, or, when that is one of our proxies, who it says was connected
    /// to it. What clients write into X-Forwarded-For themselves stands before that.
    std::string client_of(const http::Request& request) const;

private:
    const DoorRules rules_;
    RateLimiter& limiter_;

    Status check(const http::Request& request, const std::string& client) const;
    bool is_known_origin(const http::Request& request, const std::string& origin) const;
    void add_headers(const http::Request& request, http::Response& response) const;
};

}  // namespace ds::api
