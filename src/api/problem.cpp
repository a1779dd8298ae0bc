#include "api/problem.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace ds::api {
namespace {

std::string_view title_of(int status) {
    switch (status) {
        case 400: return "Bad request";
        case 401: return "Not signed in";
        case 403: return "Not allowed";
        case 404: return "Not found";
        case 405: return "Method not allowed";
        case 409: return "Conflict";
        case 412: return "Changed meanwhile";
        case 415: return "Unsupported media type";
        case 429: return "Too many requests";
        case 502: return "A tool failed";
        case 503: return "Not available";
        case 504: return "Timed out";
        case 507: return "Full";
        default: return "Internal error";
    }
}

std::string field_in(const Error& error) {
    const auto& message = error.message();
    const auto end = message.find(": ");
    if (error.code() != Code::invalid || end == std::string::npos) return {};
    const auto path = message.substr(0, end);
    const bool is_path = std::all_of(path.begin(), path.end(), [](unsigned char c) {
        return std::islower(c) || std::isdigit(c) || c == '_' || c == '.' || c == '[' || c == ']';
    });
    return is_path ? path : std::string{};
}

}  // namespace

int status_of(Code code) {
    switch (code) {
        case Code::invalid:
        case Code::unsupported: return 400;
        case Code::unauthenticated: return 401;
        case Code::denied: return 403;
        case Code::not_found: return 404;
        case Code::exists:
        case Code::cancelled:
        case Code::conflict: return 409;
        case Code::stale: return 412;
        case Code::unavailable: return 503;
        case Code::timeout: return 504;
        case Code::exhausted: return 507;
        case Code::failed: return 502;
        case Code::corrupt:
        case Code::internal: return 500;
    }
    return 500;
}

http::Response problem(const Error& error) {
    const bool asked_to_wait = error.code() == Code::exhausted && error.wait_seconds() > 0;
    return problem(asked_to_wait ? 429 : status_of(error.code()), error);
}

http::Response problem(int status, const Error& error) {
    json::bj::object body{{"type", "about:blank"},
                          {"title", title_of(status)},
                          {"status", status},
                          {"code", name_of(error.code())},
                          {"detail", error.message()}};
    if (!error.hint().empty()) body["hint"] = error.hint();
    if (const auto field = field_in(error); !field.empty()) body["field"] = field;
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/problem+json");
    if (status == 401) response.headers.add("WWW-Authenticate", "Bearer");
    if (error.wait_seconds() > 0)
        response.headers.add("Retry-After", std::to_string(error.wait_seconds()));
    else if (status == 503)
        response.headers.add("Retry-After", "5");
    response.body = json::to_text(body);
    return response;
}

}  // namespace ds::api
