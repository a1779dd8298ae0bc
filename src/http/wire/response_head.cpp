#include "http/wire/response_head.hpp"

#include <array>
#include <ctime>
#include <iterator>

#include <fmt/format.h>

#include "http/wire/head.hpp"

namespace ds::http::wire {
namespace {

std::string_view reason_of(int status) {
    switch (status) {
        case 101: return "Switching Protocols";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 426: return "Upgrade Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return "Answer";
    }
}

bool is_ours(std::string_view name) {
    for (const auto* own : {"Content-Length", "Transfer-Encoding", "Connection", "Date"}) {
        if (same_without_case(name, own)) return true;
    }
    return false;
}

Status check(const Response& response, const Sending& sending) {
    const bool switches = response.status == 101 && !sending.websocket_accept.empty();
    if (!switches && (response.status < 200 || response.status > 599)) {
        return fail(Code::internal, fmt::format("{} is no status of an answer", response.status));
    }
    for (const auto& [name, value] : response.headers) {
        if (!is_token(name) || !is_field_value(value) || is_ours(name)) {
            return fail(Code::internal, "an answer sets a header that it must not set");
        }
    }
    return {};
}

bool bodiless(int status) { return status < 200 || status == 204 || status == 304; }

/// The length that is announced, if one is.
std::optional<std::uint64_t> length_of(const Response& response) {
    if (bodiless(response.status)) return {};
    return response.stream ? response.stream->bytes : response.body.size();
}

}  // namespace

bool chunked(const Response& response, const Sending& sending) {
    return has_body(response, sending) && response.stream && !response.stream->bytes &&
           !sending.http_1_0;
}

bool has_body(const Response& response, const Sending& sending) {
    return !sending.head_only && !bodiless(response.status);
}

bool delimited(const Response& response, const Sending& sending) {
    return !has_body(response, sending) || length_of(response) || !sending.http_1_0;
}

Result<std::string> render_head(const Response& response, const Sending& sending,
                                std::chrono::system_clock::time_point now) {
    DS_DO(check(response, sending));
    std::string out;
    auto to = std::back_inserter(out);
    fmt::format_to(to, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                   reason_of(response.status), http_date(now));
    for (const auto& [name, value] : response.headers) {
        fmt::format_to(to, "{}: {}\r\n", name, value);
    }
    if (const auto length = length_of(response)) {
        fmt::format_to(to, "Content-Length: {}\r\n", *length);
    }
    if (chunked(response, sending)) out += "Transfer-Encoding: chunked\r\n";
    if (!sending.websocket_accept.empty()) {
        fmt::format_to(to,
                       "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                       "Sec-WebSocket-Accept: {}\r\n",
                       sending.websocket_accept);
    } else if (!sending.keep_alive || !delimited(response, sending)) {
        out += "Connection: close\r\n";
    } else if (sending.http_1_0) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
    return out;
}

std::string http_date(std::chrono::system_clock::time_point when) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                       days.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                       months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900,
                       utc.tm_hour, utc.tm_min, utc.tm_sec);
}

}  // namespace ds::http::wire
