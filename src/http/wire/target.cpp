#include "http/wire/target.hpp"

#include <algorithm>

namespace ds::http::wire {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Nothing when a '%' is not followed by two digits or hides a control character.
std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        if (i + 2 >= text.size()) return {};
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return {};
        const int code = high * 16 + low;
        if (code == 0x7f || (code < 0x20 && (!plus_is_blank || code == 0))) return {};
        out += static_cast<char>(code);
        i += 2;
    }
    return out;
}

bool parse_segments(std::string_view path, std::vector<std::string>& segments) {
    if (path == "/") return true;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto slash = std::min(path.find('/'), path.size());
        auto segment = decoded(path.substr(0, slash), false);
        // Clients resolve dots before they send; the ones that do not want to climb out of a
        // directory.
        if (!segment || *segment == "." || *segment == "..") return false;
        segments.push_back(std::move(*segment));
        path.remove_prefix(slash);
    }
    return true;
}

bool parse_query(std::string_view text, std::vector<Field>& query) {
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto option = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (option.empty()) continue;
        const auto equals = std::min(option.find('='), option.size());
        auto name = decoded(option.substr(0, equals), true);
        auto value = decoded(option.substr(std::min(equals + 1, option.size())), true);
        if (!name || !value) return false;
        query.emplace_back(std::move(*name), std::move(*value));
    }
    return true;
}

/// Takes "http://host" off the front of an absolute target.
bool take_origin(std::string_view& rest, RequestHead& head) {
    const auto scheme_end = rest.find("://");
    if (scheme_end == std::string_view::npos) return false;
    const auto scheme = rest.substr(0, scheme_end);
    if (!same_without_case(scheme, "http") && !same_without_case(scheme, "https")) return false;
    rest.remove_prefix(scheme_end + 3);
    const auto host_end = std::min(rest.find_first_of("/?"), rest.size());
    head.host = rest.substr(0, host_end);
    rest.remove_prefix(host_end);
    return is_authority(head.host);
}

}  // namespace

bool is_authority(std::string_view text) {
    std::string_view host = text;
    const auto colon = text.rfind(':');
    if (colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos) {
        const auto port = text.substr(colon + 1);
        if (port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos) {
            return false;
        }
        host = text.substr(0, colon);
    }
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    return !host.empty() && std::ranges::all_of(host, [&](char c) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        return plain || (bracketed && c == ':');
    });
}

Refused parse_target(std::string_view target, RequestHead& head) {
    if (target.size() > target_bytes_max) return Refusal{414, "the address is too long"};
    if (!std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; })) {
        return Refusal{400, "forbidden character in the address"};
    }
    head.target = target;
    if (target == "*" && head.method == "OPTIONS") {
        head.path = target;
        return {};
    }
    auto rest = target;
    if (!rest.starts_with('/') && !take_origin(rest, head)) {
        return Refusal{400, "the address is neither a path nor a URL of ours"};
    }
    const auto question = std::min(rest.find('?'), rest.size());
    head.path = question == 0 ? "/" : rest.substr(0, question);
    if (!parse_segments(head.path, head.segments)) {
        return Refusal{400, "the path has a wrong escape or a dot segment"};
    }
    if (!parse_query(rest.substr(std::min(question + 1, rest.size())), head.query)) {
        return Refusal{400, "the query has a wrong escape"};
    }
    return {};
}

}  // namespace ds::http::wire
