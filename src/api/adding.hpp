#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

namespace ds::api {

/// Adds routes of one tag, each with what it takes, gives and does.
class Adding {
public:
    Adding(Router& router, const Services& services, std::string tag)
        : router_{router}, services_{services}, tag_{std::move(tag)} {}

    using Work = Result<Reply> (*)(const Services&, const Call&);
    Route& operator()(std::string method, const std::string& path, Scope scope, std::string summary,
                      Shape takes, Shape gives, int status, Work work) {
        return router_.add(
            {std::move(method), "/api/v1/" + path, scope, tag_, std::move(summary),
             std::move(takes), std::move(gives), status, false,
             [&services = services_, work](const Call& call) { return work(services, call); }});
    }

private:
    Router& router_;
    const Services& services_;
    std::string tag_;
};

}  // namespace ds::api
