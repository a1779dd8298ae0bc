#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

/// Everything that the product can do, over HTTP: /api/v1, its description, and what watches us.
namespace ds::api {

/// Answers requests. Thread-safe.
class Api {
public:
    /// `services` outlives it.
    explicit Api(const Services& services);

    http::Response answer(const http::Request& request, const std::stop_token& stop) const;
    const std::vector<Route>& routes() const { return router_.routes(); }

private:
    const Services& services_;
    Router router_;
    std::string openapi_;

    Result<Reply> perform(const Route& route, const Call& call) const;
    Status check_strangers(const Route& route, const http::Request& request) const;
    void add_description();
};

}  // namespace ds::api
