#pragma once

#include <set>

#include "api/route.hpp"
#include "http/testing/http_client.hpp"

namespace ds::server::testing {

/// Holds answers against the OpenAPI document: is the status one that the route has, and is the
/// body of its schema, with no field missing and none too many. And requests that were taken.
class Conformance {
public:
    explicit Conformance(const std::vector<api::Route>& routes);

    /// "" when all is well; otherwise what is wrong, and where.
    std::string complaint(const std::string& method, const std::string& target,
                          const std::string& sent, const http::testing::Answer& answer);
    /// Notes that the operation did what it is for.
    void did(const std::string& method, const std::string& path);
    /// The operations of the document that did not, yet.
    std::vector<std::string> never_did() const;

private:
    json::Value document_;
    std::set<std::string> did_;  // by operationId

    /// What was taken is what the document says is taken.
    std::string complaint_of_request(const json::Value& operation, const std::string& sent) const;
    const json::Value* operation(const std::string& method, const std::string& path) const;
    std::string check(const json::Value& schema, const json::Value& value,
                      const std::string& at) const;
    std::string check_object(const json::bj::object& schema, const json::Value& value,
                             const std::string& at) const;
    const json::Value& resolved(const json::Value& schema) const;
};

}  // namespace ds::server::testing
