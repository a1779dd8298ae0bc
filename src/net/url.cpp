#include "net/url.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/bytes.hpp"
#include "base/text.hpp"

namespace ds::net {
namespace {

constexpr std::size_t url_bytes_max = 8 * KiB;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Error malformed(std::string_view why) {
    return fail(Code::invalid, fmt::format("not a usable URL: {}", why),
                "A URL looks like scheme://host/path?option=value.");
}

Result<std::string> decoded_part(std::string_view text) {
    DS_TRY(auto decoded, percent_decoded(text));
    if (std::any_of(decoded.begin(), decoded.end(), is_control)) {
        return malformed("it contains control characters");
    }
    return decoded;
}

Status read_scheme(Url& url, std::string_view scheme) {
    const auto allowed = [](char c) {
        return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
    };
    if (scheme.empty() || scheme.size() > 16 || !is_alpha(scheme.front()) ||
        !std::all_of(scheme.begin(), scheme.end(), allowed)) {
        return malformed("it does not begin with a scheme like https://");
    }
    url.scheme = lower(scheme);
    return {};
}

Status read_port(Url& url, std::string_view text) {
    const auto port = parse_unsigned(text, "the port");
    if (!port || *port == 0 || *port > 65535)
        return malformed("the port is not between 1 and 65535");
    url.port = static_cast<std::uint16_t>(*port);
    return {};
}

Status read_user(Url& url, std::string_view text) {
    const auto colon = text.find(':');
    DS_TRY(url.user, decoded_part(text.substr(0, colon)));
    if (colon == std::string_view::npos) return {};
    DS_TRY(auto password, decoded_part(text.substr(colon + 1)));
    url.password = Secret{std::move(password)};
    return {};
}

Status read_authority(Url& url, std::string_view text) {
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        DS_DO(read_user(url, text.substr(0, at)));
        text.remove_prefix(at + 1);
    }
    std::string_view host = text;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return malformed("the address has no closing ]");
        host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
        if (!rest.empty() && rest.front() != ':') return malformed("the host is not readable");
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    if (!rest.empty()) DS_DO(read_port(url, rest.substr(1)));
    DS_TRY(url.host, decoded_part(host));
    if (url.host.find_first_of("/?#@\\ ") != std::string::npos) {
        return malformed("the host is not readable");
    }
    return {};
}

Status read_options(Url& url, std::string_view query) {
    if (query.empty()) return {};
    for (const auto& item : split(query, '&')) {
        if (item.empty()) continue;
        const auto equals = item.find('=');
        DS_TRY(auto name, decoded_part(std::string_view{item}.substr(0, equals)));
        std::string value;
        if (equals != std::string::npos) {
            DS_TRY(value, decoded_part(std::string_view{item}.substr(equals + 1)));
        }
        if (name.empty()) return malformed("an option has no name");
        if (url.option(name) != nullptr) {
            return malformed(fmt::format("option '{}' is given twice", printable(name, 40)));
        }
        url.options.emplace_back(std::move(name), std::move(value));
    }
    return {};
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
    if (text.size() > url_bytes_max) return malformed("it is longer than 8 KiB");
    if (std::any_of(text.begin(), text.end(), is_control)) {
        return malformed("it contains control characters");
    }
    if (text.find('#') != std::string_view::npos)
        return malformed("it contains '#'; write it as %23");
    Url url;
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos) {
        return malformed("it does not begin with a scheme like https://");
    }
    DS_DO(read_scheme(url, text.substr(0, scheme_end)));
    text.remove_prefix(scheme_end + 3);

    const auto query_at = std::min(text.find('?'), text.size());
    const auto path_at = std::min(text.find('/'), query_at);
    DS_DO(read_authority(url, text.substr(0, path_at)));
    DS_TRY(url.path, decoded_part(text.substr(path_at, query_at - path_at)));
    if (query_at < text.size()) DS_DO(read_options(url, text.substr(query_at + 1)));
    return url;
}

const std::string* Url::option(std::string_view name) const {
    for (const auto& [key, value] : options) {
        if (key == name) return &value;
    }
    return nullptr;
}

std::string Url::origin() const {
    const bool brackets = host.find(':') != std::string::npos;
    auto text = fmt::format("{}://{}{}{}", scheme, brackets ? "[" : "", host, brackets ? "]" : "");
    if (port != 0) text += fmt::format(":{}", port);
    return text;
}

std::string Url::shown() const { return printable(origin() + path, url_bytes_max); }

std::string percent_encoded(std::string_view text, std::string_view keep) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool plain = is_alpha(c) || is_digit(c) ||
                           std::string_view{"-._~"}.find(c) != std::string_view::npos;
        if (plain || keep.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

Result<std::string> percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out.push_back(text[at]);
            continue;
        }
        const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
        const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
        if (high < 0 || low < 0)
            return malformed("a '%' is not followed by two hexadecimal digits");
        out.push_back(static_cast<char>(high * 16 + low));
        at += 2;
    }
    return out;
}

}  // namespace ds::net
