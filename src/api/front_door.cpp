#include "api/front_door.hpp"

#include <algorithm>

#include "api/problem.hpp"

namespace ds::api {
namespace {

constexpr std::size_t hops_max = 20;  // of proxies in front of each other

/// "192.0.2.1", "192.0.2.1:4711", "[2001:db8::1]:4711"
std::optional<net::Address> hop(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('[')) return net::Address::parse(text.substr(1, text.find(']') - 1));
    if (const auto whole = net::Address::parse(text)) return whole;
    return net::Address::parse(text.substr(0, text.find(':')));
}

std::vector<std::string> forwarded_for(const http::Request& request) {
    std::vector<std::string> hops;
    for (const auto& [name, value] : request.headers) {
        if (!http::same_without_case(name, "X-Forwarded-For")) continue;
        for (auto& one : split(value, ',')) hops.push_back(std::move(one));
    }
    return hops;
}

/// May change something, or opens a conversation that does.
bool acts(const http::Request& request) {
    const auto& method = request.method;
    return (method != "GET" && method != "HEAD" && method != "OPTIONS") ||
           request.wants_websocket();
}

/// To stores and database servers; everything else that reads looks into the catalog.
bool reaches_out(const http::Request& request) {
    const auto& path = request.path;
    return path.ends_with("/parts") || path.find("/downloads/") != path.npos ||
           (path.starts_with("/api/v1/servers/") &&
            (path.ends_with("/roles") || path.find("/databases") != path.npos));
}

bool is_preflight(const http::Request& request) {
    return request.method == "OPTIONS" &&
           request.headers.find("Access-Control-Request-Method") != nullptr;
}

void add_if_missing(http::Response& response, std::string name, std::string value) {
    if (response.headers.find(name) == nullptr)
        response.headers.add(std::move(name), std::move(value));
}

}  // namespace

std::string FrontDoor::client_of(const http::Request& request) const {
    auto client = net::Address::parse(request.peer);
    if (!client || !net::contains(rules_.proxies, *client)) return request.peer;
    const auto hops = forwarded_for(request);
    std::size_t looked_at = 0;
    // Each proxy adds at the end who was connected to it: the first from there that is none of ours
    // is who came to us; what stands before is hearsay.
    for (auto one = hops.rbegin(); one != hops.rend() && looked_at < hops_max; ++one, ++looked_at) {
        const auto said = hop(*one);
        if (!said) break;
        client = said;
        if (!net::contains(rules_.proxies, *client)) break;
    }
    return client->shown();
}

bool FrontDoor::is_known_origin(const http::Request& request, const std::string& origin) const {
    if (std::ranges::find(rules_.origins, origin) != rules_.origins.end()) return true;
    return origin == "http://" + request.host || origin == "https://" + request.host;
}

Status FrontDoor::check(const http::Request& request, const std::string& client) const {
    const auto address = net::Address::parse(client);
    if (!rules_.clients.empty() && (!address || !net::contains(rules_.clients, *address)))
        return fail(Code::denied, "this address may not call this server");
    DS_DO(limiter_.take_address(client));
    if (rules_.demo && (acts(request) || reaches_out(request)) && request.path != "/api/v1/session")
        return fail(Code::denied, "this is a demo: nothing can be changed in it",
                    "Install DumpStation to try it with databases of your own.");
    const auto* origin = request.headers.find("Origin");
    if (origin != nullptr && acts(request) && !is_known_origin(request, *origin))
        return fail(Code::denied, "pages from elsewhere may not call this server",
                    "Whoever runs it may name them, see `http.origins` in its settings.");
    return {};
}

void FrontDoor::add_headers(const http::Request& request, http::Response& response) const {
    add_if_missing(response, "X-Content-Type-Options", "nosniff");
    add_if_missing(response, "X-Frame-Options", "DENY");
    add_if_missing(response, "Referrer-Policy", "no-referrer");
    add_if_missing(response, "Content-Security-Policy",
                   "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    add_if_missing(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (rules_.tls) add_if_missing(response, "Strict-Transport-Security", "max-age=31536000");
    if (!rules_.origins.empty()) response.headers.add("Vary", "Origin");
    const auto* origin = request.headers.find("Origin");
    if (origin == nullptr || std::ranges::find(rules_.origins, *origin) == rules_.origins.end())
        return;
    response.headers.add("Access-Control-Allow-Origin", *origin);
    response.headers.add("Access-Control-Expose-Headers", "ETag, Location, Retry-After");
    if (!is_preflight(request)) return;
    response.headers.add("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE");
    response.headers.add("Access-Control-Allow-Headers",
                         "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match");
    response.headers.add("Access-Control-Max-Age", "600");
}

http::Response FrontDoor::answer(const http::Request& request, const std::stop_token& stop,
                                 const http::Handler& inside) const {
    const auto client = client_of(request);
    auto response = [&] {
        if (auto allowed = check(request, client); !allowed) return problem(allowed.error());
        if (client == request.peer) return inside(request, stop);
        auto forwarded = request;
        forwarded.peer = client;
        return inside(forwarded, stop);
    }();
    add_headers(request, response);
    return response;
}

}  // namespace ds::api
