#include "api/route.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace ds::api {
namespace {

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& segments,
          std::map<std::string, std::string>& path) {
    if (pattern.size() != segments.size()) return false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at].starts_with('{')) {
            path[pattern[at].substr(1, pattern[at].size() - 2)] = segments[at];
        } else if (pattern[at] != segments[at]) {
            return false;
        }
    }
    return true;
}

/// No database keeps it, and to half of all programs it is the end of a text.
bool has_nul(const json::Value& value) {
    const auto in_text = [](std::string_view text) {
        return text.find('\0') != std::string_view::npos;
    };
    if (const auto* text = value.if_string()) return in_text(*text);
    if (const auto* items = value.if_array()) return std::ranges::any_of(*items, has_nul);
    const auto* fields = value.if_object();
    return fields != nullptr && std::ranges::any_of(*fields, [&](const auto& field) {
               return in_text(field.key()) || has_nul(field.value());
           });
}

}  // namespace

Result<json::bj::object> Call::body() const {
    auto value = json::parse(request.body);
    if (!value) return fail(Code::invalid, "the body is not JSON: " + value.error().message());
    if (has_nul(*value)) return fail(Code::invalid, "the body has a text with a NUL in it");
    if (!value->is_object()) return fail(Code::invalid, "the body is not a JSON object");
    return std::move(value->get_object());
}

std::string Call::option(std::string_view name) const {
    const auto* value = request.option(name);
    return value != nullptr ? *value : std::string{};
}

Route& Router::add(Route route) {
    auto segments = split(std::string_view{route.pattern}.substr(1), '/');
    patterns_.push_back(std::move(segments));
    return routes_.emplace_back(std::move(route));
}

void Router::wrap(const std::function<Handle(const Route&)>& around) {
    for (auto& route : routes_) route.handle = around(route);
}

const Route& Router::at(std::string_view method, std::string_view pattern) const {
    const auto found = std::find_if(routes_.begin(), routes_.end(), [&](const Route& route) {
        return route.method == method && route.pattern == pattern;
    });
    DS_CHECK(found != routes_.end(), "no such route");
    return *found;
}

Router::Match Router::match(const http::Request& request) const {
    Match match;
    const auto method = request.method == "HEAD" ? "GET" : request.method;
    for (std::size_t at = 0; at < routes_.size(); ++at) {
        std::map<std::string, std::string> path;
        if (!fits(patterns_[at], request.segments, path)) continue;
        match.allowed.push_back(routes_[at].method);
        if (routes_[at].method != method) continue;
        match.route = &routes_[at];
        match.path = std::move(path);
        return match;
    }
    return match;
}

}  // namespace ds::api
