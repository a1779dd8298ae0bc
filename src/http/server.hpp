#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/bytes.hpp"
#include "http/response.hpp"

namespace ds::http {

/// Every limit of the server. Past a limit the answer is a status (408, 413, 414, 431, 503) and the
/// connection is closed.
struct Options {
    std::string address = "127.0.0.1";  // an IPv4 or IPv6 address; "::" takes both kinds
    std::uint16_t port = 0;             // 0: any free one

    /// Both or none: files in PEM form, the chain in the first. TLS 1.2 and later. Looked at again
    /// every few seconds when clients come; while new files are not usable the old ones stay.
    std::string certificate_file;
    std::string key_file;

    std::size_t handler_threads = 4;
    std::size_t queue_max = 256;   // requests that wait for a handler; then 503
    std::size_t streams_max = 64;  // streamed answers and WebSockets, one thread each; then 503
    /// When reached, those that wait longest without a request are closed for new ones. Never takes
    /// the last 256 descriptors of the process.
    std::size_t connections_max = 12'000;
    std::size_t buffers_bytes_max = 128 * MiB;  // all half-read requests and half-sent answers

    std::size_t header_bytes_max = 32 * KiB;
    std::size_t body_bytes_max = MiB;
    /// Instead of body_bytes_max; called on the event loop, so it must be quick.
    std::function<std::size_t(const RequestHead&)> body_bytes_max_of;
    std::size_t message_bytes_max = 64 * KiB;  // of WebSocket messages to us

    std::chrono::milliseconds header_timeout{10'000};  // from the first byte, or from connecting
    /// A body may take this long, and a second more for each `bytes_per_second_min` received. The
    /// same goes for answers that are sent.
    std::chrono::milliseconds body_timeout{30'000};
    std::chrono::milliseconds write_timeout{30'000};
    std::size_t bytes_per_second_min = 4 * KiB;
    std::chrono::milliseconds idle_timeout{60'000};       // between two requests
    std::chrono::milliseconds websocket_timeout{30'000};  // silence until a ping, and until the end

    /// Told of what no client can be told: a handler that threw, files that cannot be reloaded,
    /// descriptors that ran out. From any thread.
    std::function<void(const Error&)> on_error;
};

class Loop;

/// An HTTP/1.1 server (RFC 9110, RFC 9112): one event loop reads requests and sends what clients
/// are slow to take; handlers run on a pool, streams and WebSockets on another. Requests that two
/// parsers could understand differently are refused.
class Server {
public:
    /// Listens and serves at once. Errors: invalid (address, options, certificate), and what
    /// bind(2) says.
    static Result<std::unique_ptr<Server>> start(Options options, Handler handler);
    ~Server();  // stop(0)
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;

    /// Accepts no more, lets what runs finish within `grace`, then closes the rest. Waits for
    /// handlers that do not heed their token. From any thread but the server's own; later calls
    /// wait for the first.
    void stop(std::chrono::milliseconds grace);

private:
    explicit Server(std::unique_ptr<Loop> loop);
    std::unique_ptr<Loop> loop_;
    std::mutex mutex_;
    std::thread thread_;
};

}  // namespace ds::http
