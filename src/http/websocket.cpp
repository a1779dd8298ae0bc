#include "http/websocket.hpp"

#include <algorithm>
#include <array>
#include <exception>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace ds::http {
namespace {

using std::chrono::milliseconds;
using wire::Opcode;
using SteadyClock = std::chrono::steady_clock;

/// RFC 6455, 4.2.1: what the request must say.
wire::Refused judge_upgrade(const Request& request) {
    const auto* version = request.headers.find("Sec-WebSocket-Version");
    if (!request.wants_websocket() || version == nullptr || *version != "13") {
        return wire::Refusal{426, "only WebSocket version 13 is spoken here"};
    }
    const auto* key = request.headers.find("Sec-WebSocket-Key");
    const auto bytes = key == nullptr ? Result<Bytes>{Bytes{}} : from_base64(*key);
    const bool right = request.method == "GET" && !request.http_1_0 && request.body.empty() &&
                       request.headers.has_word("Connection", "Upgrade") && bytes &&
                       bytes->size() == 16;
    if (!right) return wire::Refusal{400, "malformed WebSocket upgrade"};
    return {};
}

void refuse_upgrade(const Options& options, Connection& connection, const wire::Refusal& refusal) {
    auto response = text_response(refusal.status, refusal.reason + "\n");
    if (refusal.status == 426) {
        response.headers.add("Upgrade", "websocket");
        response.headers.add("Sec-WebSocket-Version", "13");
    }
    connection.sending.keep_alive = false;
    render_answer(options, connection, response);
}

void converse(const Options& options, Connection& connection, const WebSocketHandler& handler) {
    SocketWebSocket socket{options, connection};
    try {
        handler(socket);
    } catch (const std::exception& thrown) {
        if (options.on_error) {
            options.on_error(
                fail(Code::internal, fmt::format("a WebSocket handler threw: {}", thrown.what())));
        }
        socket.close(1011, "internal error");
    }
    const bool stops = connection.server_stops;
    socket.close(stops ? wire::close_going_away : wire::close_normal, {});
}

}  // namespace

std::string websocket_accept(std::string_view key) {
    const auto text = std::string{key} + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<std::byte, 20> hash{};
    const bool hashed =
        ::EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(hash.data()),
                     nullptr, ::EVP_sha1(), nullptr) == 1;
    DS_CHECK(hashed, "SHA-1 is always there");
    return to_base64(hash);
}

void serve_websocket(const Options& options, Connection& connection, Response response) {
    if (const auto refused = judge_upgrade(connection.request)) {
        return refuse_upgrade(options, connection, *refused);
    }
    const auto* key = connection.request.headers.find("Sec-WebSocket-Key");
    connection.sending.websocket_accept = websocket_accept(*key);
    connection.sending.keep_alive = false;
    response.status = 101;
    const bool as_meant = render_answer(options, connection, response);
    connection.sending.websocket_accept.clear();
    if (!as_meant) return;
    const auto head = std::exchange(connection.output, {});
    if (!write_all(connection.transport, head, send_time(options, head.size()))) return;
    converse(options, connection, response.websocket);
}

SocketWebSocket::SocketWebSocket(const Options& options, Connection& connection)
    : options_{options},
      connection_{connection},
      reader_{options.message_bytes_max},
      heard_{SteadyClock::now()} {
    reader_.feed(connection.reader.take_rest());
}

Status SocketWebSocket::over() const { return fail(Code::unavailable, "the WebSocket is closed"); }

Status SocketWebSocket::send(std::string_view text) {
    if (!wire::is_utf8(text)) return fail(Code::invalid, "a message that is not UTF-8");
    return send_frame(Opcode::text, text);
}

Status SocketWebSocket::send_frame(Opcode opcode, std::string_view payload) {
    const auto frame = wire::render_frame(opcode, payload);
    const std::lock_guard lock{mutex_};
    if (closed_) return over();
    auto sent = write_all(connection_.transport, frame, send_time(options_, frame.size()));
    closed_ = !sent;
    return sent;
}

void SocketWebSocket::close(int code, std::string_view reason) {
    DS_CHECK(wire::may_be_sent(code), "not a close code to send");
    const auto frame = wire::render_close(code, reason);
    const std::lock_guard lock{mutex_};
    if (std::exchange(closed_, true)) return;
    static_cast<void>(write_all(connection_.transport, frame, send_time(options_, frame.size())));
}

Result<std::optional<std::string>> SocketWebSocket::receive(milliseconds timeout) {
    const auto until = SteadyClock::now() + timeout;
    for (;;) {
        DS_TRY(auto text, hear_all());
        if (text) return text;
        DS_TRY(const auto moved, read());
        if (moved.what == Moved::What::bytes) continue;
        const auto now = SteadyClock::now();
        DS_DO(watch_silence(now));
        if (now >= until) return std::nullopt;
        const auto left = std::chrono::ceil<milliseconds>(until - now);
        wait_for(connection_.transport.fd(), moved.event(),
                 std::min(left, options_.websocket_timeout));
    }
}

Result<std::optional<std::string>> SocketWebSocket::hear_all() {
    while (auto said = reader_.next()) {
        DS_TRY(auto text, hear(std::move(*said)));
        if (text) return text;
    }
    if (reader_.broken() == 0) return std::nullopt;
    close(reader_.broken(), {});
    return fail(
        Code::invalid,
        fmt::format("the client broke the WebSocket protocol (close code {})", reader_.broken()));
}

Result<std::optional<std::string>> SocketWebSocket::hear(wire::Said said) {
    switch (said.kind) {
        case Opcode::text: return std::optional{std::move(said.payload)};
        case Opcode::ping: DS_DO(send_frame(Opcode::pong, said.payload)); return std::nullopt;
        case Opcode::close: {
            const bool silent = said.close_code == wire::close_absent;
            close(silent ? wire::close_normal : said.close_code, {});
            return fail(Code::unavailable, "the client closed the WebSocket");
        }
        default: return std::nullopt;
    }
}

Result<Moved> SocketWebSocket::read() {
    std::array<char, 16 * KiB> room;
    const auto moved = connection_.server_stops ? Moved{Moved::What::ended}
                                                : connection_.transport.read_some(room);
    if (moved.what == Moved::What::bytes) {
        reader_.feed({room.data(), moved.bytes});
        heard_ = SteadyClock::now();
        pinged_ = false;
        return moved;
    }
    if (moved.waits()) {
        const std::lock_guard lock{mutex_};
        if (closed_) return fail(Code::unavailable, "the WebSocket is closed");
        return moved;
    }
    if (connection_.server_stops) {
        close(wire::close_going_away, "the server stops");
        return fail(Code::cancelled, "the server stops");
    }
    const std::lock_guard lock{mutex_};
    closed_ = true;
    return fail(Code::unavailable, "the client is gone");
}

Status SocketWebSocket::watch_silence(Time now) {
    if (now - heard_ < options_.websocket_timeout) return {};
    if (!pinged_) {
        pinged_ = true;
        heard_ = now;
        return send_frame(Opcode::ping, {});
    }
    close(wire::close_going_away, "no answer to a ping");
    return fail(Code::unavailable, "the client does not answer");
}

}  // namespace ds::http
