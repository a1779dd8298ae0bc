#pragma once

#include <chrono>

#include "http/response.hpp"

namespace ds::http::wire {

/// How an answer is sent, as its request asks for.
struct Sending {
    bool head_only = false;  // HEAD
    bool keep_alive = true;
    bool http_1_0 = false;
    /// The 101 of RFC 6455, 4.2.2; empty for all other answers.
    std::string websocket_accept;
};

/// Whether the client finds the end of the answer without the end of the connection.
bool delimited(const Response& response, const Sending& sending);
/// Whether bytes of a body follow the head.
bool has_body(const Response& response, const Sending& sending);
bool chunked(const Response& response, const Sending& sending);

/// Status line and headers with the empty line. Error internal: a header that would break the
/// message, or that is the server's.
Result<std::string> render_head(const Response& response, const Sending& sending,
                                std::chrono::system_clock::time_point now);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7)
std::string http_date(std::chrono::system_clock::time_point when);

}  // namespace ds::http::wire
