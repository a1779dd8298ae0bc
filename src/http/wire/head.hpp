#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.hpp"

namespace ds::http::wire {

/// Why a request is not served: the answer's status and its text.
struct Refusal {
    int status = 400;
    std::string reason;
};
/// Nothing: all is well.
using Refused = std::optional<Refusal>;

constexpr std::size_t target_bytes_max = 8192;  // what RFC 9112, section 3, asks for at least
constexpr std::size_t header_lines_max = 100;

/// How the body is delimited, and what becomes of the connection.
struct Framing {
    std::optional<std::uint64_t> length;  // Content-Length
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Reads a request line and header lines up to and with the empty line (RFC 9112, 2 to 7). Every
/// line ends with CR LF; the caller made sure that no LF stands alone. Strict where leniency would
/// let two readers disagree on where a request ends.
Refused parse_head(std::string_view text, RequestHead& head, Framing& framing);

/// "name: value" without its line end.
Refused parse_field(std::string_view line, Headers& headers);

/// Whether it is a token of RFC 9110, 5.6.2: a method, a header's name.
bool is_token(std::string_view text);
bool is_token_char(char c);
/// What a header's value may hold: no control characters but tabs.
bool is_field_value(std::string_view text);

}  // namespace ds::http::wire
