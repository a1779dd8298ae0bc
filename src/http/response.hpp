#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/request.hpp"

namespace ds::http {

/// Where a streamed answer goes. Used by one thread.
class Writer {
public:
    virtual ~Writer() = default;
    /// Sends now. Waits while the client does not read: that is the back-pressure. An error
    /// (unavailable: the client is gone, or the server's grace is over; timeout: the client is too
    /// slow; internal: more than was announced) means: stop producing. An empty text sends nothing.
    virtual Status write(std::string_view bytes) = 0;
    /// Fires when the client has gone or the server begins to stop. Who produces without end
    /// returns then; who has an end in sight may go on writing for the server's grace. Callbacks
    /// of the token run on the event loop: they must be quick.
    virtual std::stop_token stop() const = 0;
};

/// A body that is produced while it is sent, on a thread of the server's pool for long answers.
struct Stream {
    /// An error breaks the connection off, so that the client sees that the body is not whole.
    std::function<Status(Writer&)> produce;
    /// Announced as Content-Length and then to be kept exactly. Otherwise the body is chunked.
    std::optional<std::uint64_t> bytes;
};

/// The server's end of a WebSocket (RFC 6455) of text messages. Pings are answered, and dead
/// clients noticed, inside receive(): it should be called at least every few seconds. send() and
/// close() from any thread, receive() from one.
class WebSocket {
public:
    virtual ~WebSocket() = default;
    /// One text message; must be UTF-8. Waits while the client does not read. Error: it is over.
    virtual Status send(std::string_view text) = 0;
    /// The next message; nothing when none came in time. Errors end the conversation: unavailable
    /// (the client closed or is gone), invalid (it broke the protocol or a limit; it was told by a
    /// close code), cancelled (the server stops; the client was told).
    virtual Result<std::optional<std::string>> receive(std::chrono::milliseconds timeout) = 0;
    /// Says goodbye with a close code (1000 normal, 1008 policy, 4000–4999 ours) and at most 123
    /// bytes of reason. Later calls do nothing. Returning from the handler closes with 1000.
    virtual void close(int code, std::string_view reason) = 0;
    /// Fires when the server begins to stop or the client's end is closed.
    virtual std::stop_token stop() const = 0;
};

/// The conversation, on a thread of the pool for long answers; the connection ends with it.
using WebSocketHandler = std::function<void(WebSocket&)>;

/// An answer. Content-Length, Transfer-Encoding, Connection and Date are the server's; an answer
/// that sets them, or that has line breaks in a header, becomes a 500.
struct Response {
    int status = 200;  // 200–599
    Headers headers;
    std::string body;
    std::optional<Stream> stream;  // instead of `body`
    /// Instead of both: becomes a WebSocket if the request is a right one, else 400 or 426. The
    /// handler has looked at Origin before: browsers let any page open WebSockets.
    WebSocketHandler websocket;
};

/// A short text for people.
Response text_response(int status, std::string text);
Response stream_response(std::string content_type, std::function<Status(Writer&)> produce);

/// Answers one request; called by several threads. The token fires when the grace of
/// Server::stop is over. What it throws becomes a 500.
using Handler = std::function<Response(const Request&, const std::stop_token&)>;

}  // namespace ds::http
