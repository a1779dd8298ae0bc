#include "http/wire/head.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/wire/target.hpp"

namespace ds::http::wire {
namespace {

Refusal bad(std::string reason) { return {400, std::move(reason)}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Refused parse_version(std::string_view version, RequestHead& head) {
    const bool shaped = version.size() == 8 && version.starts_with("HTTP/") &&
                        is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    if (!shaped) return bad("malformed request line");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return Refusal{505, "this server speaks HTTP/1.1"};
    }
    head.http_1_0 = version == "HTTP/1.0";
    return {};
}

Refused parse_request_line(std::string_view line, RequestHead& head) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return bad("malformed request line");
    head.method = line.substr(0, first);
    if (!is_token(head.method)) return bad("malformed method");
    if (head.method.size() > 32 || head.method == "CONNECT") {
        return Refusal{501, "unknown method"};
    }
    if (auto refused = parse_version(line.substr(last + 1), head)) return refused;
    // Blanks inside the target are refused with its other wrong characters.
    return parse_target(line.substr(first + 1, last - first - 1), head);
}

/// RFC 9112, 3.2: exactly one Host in HTTP/1.1; a target with a host wins over it.
Refused judge_host(RequestHead& head) {
    const auto lines = head.headers.count("Host");
    if (lines > 1) return bad("several Host headers");
    if (lines == 0) return head.http_1_0 ? Refused{} : bad("no Host header");
    const auto& host = *head.headers.find("Host");
    if (!is_authority(host)) return bad("malformed Host header");
    if (head.host.empty()) head.host = host;
    return {};
}

/// RFC 9112, 6.1 and 6.3, and nothing of what they let a server repair.
Refused judge_body(const RequestHead& head, Framing& framing) {
    const auto lengths = head.headers.count("Content-Length");
    const auto codings = head.headers.count("Transfer-Encoding");
    if (lengths > 0 && codings > 0) return bad("Content-Length and Transfer-Encoding together");
    if (lengths > 1) return bad("several Content-Length headers");
    if (codings > 0) {
        if (head.http_1_0) return bad("Transfer-Encoding in HTTP/1.0");
        const auto& coding = *head.headers.find("Transfer-Encoding");
        if (codings > 1 || !same_without_case(coding, "chunked")) {
            return Refusal{501, "unknown transfer coding"};
        }
        framing.chunked = true;
    }
    if (lengths == 1) {
        const auto& text = *head.headers.find("Content-Length");
        const bool digits =
            !text.empty() && text.size() <= 18 && std::ranges::all_of(text, is_digit);
        if (!digits) return bad("malformed Content-Length");
        framing.length = std::stoull(text);
    }
    return {};
}

Refused judge_connection(const RequestHead& head, Framing& framing) {
    const auto& headers = head.headers;
    framing.keep_alive = head.http_1_0 ? headers.has_word("Connection", "keep-alive")
                                       : !headers.has_word("Connection", "close");
    const auto* expect = headers.find("Expect");
    if (expect == nullptr || head.http_1_0) return {};
    if (!same_without_case(*expect, "100-continue")) return Refusal{417, "unknown expectation"};
    framing.expects_continue = true;
    return {};
}

}  // namespace

bool is_token_char(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || is_digit(c) ||
           (c != '\0' && std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos);
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool is_field_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code >= 0x20 && code != 0x7f) || c == '\t';
    });
}

Refused parse_field(std::string_view line, Headers& headers) {
    if (line.starts_with(' ') || line.starts_with('\t')) return bad("folded header line");
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return bad("header line without a colon");
    const auto name = line.substr(0, colon);
    if (!is_token(name)) return bad("malformed header name");
    auto value = line.substr(colon + 1);
    if (!is_field_value(value)) return bad("forbidden character in a header");
    while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
    while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
    if (headers.size() >= header_lines_max) return Refusal{431, "too many header lines"};
    headers.add(std::string{name}, std::string{value});
    return {};
}

Refused parse_head(std::string_view text, RequestHead& head, Framing& framing) {
    const auto take_line = [&] {
        const auto line = text.substr(0, text.find("\r\n"));
        text.remove_prefix(std::min(line.size() + 2, text.size()));
        return line;
    };
    if (auto refused = parse_request_line(take_line(), head)) return refused;
    for (auto line = take_line(); !line.empty(); line = take_line()) {
        if (auto refused = parse_field(line, head.headers)) return refused;
    }
    if (auto refused = judge_host(head)) return refused;
    if (auto refused = judge_body(head, framing)) return refused;
    return judge_connection(head, framing);
}

}  // namespace ds::http::wire
