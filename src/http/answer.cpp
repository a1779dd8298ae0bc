#include "http/answer.hpp"

#include <exception>

#include <fmt/format.h>

namespace ds::http {
namespace {

void tell(const Options& options, const Error& error) {
    if (options.on_error) options.on_error(error);
}

/// The body in chunks (RFC 9112, 7.1), or as announced.
class SocketWriter final : public Writer {
public:
    SocketWriter(const Options& options, Connection& connection, bool chunked,
                 std::optional<std::uint64_t> announced)
        : options_{options}, connection_{connection}, chunked_{chunked}, announced_{announced} {}

    Status write(std::string_view bytes) override {
        if (bytes.empty()) return {};
        written_ += bytes.size();
        // The client would take what is too much for the next answer.
        if (announced_ && written_ > *announced_) return wrong_length();
        if (!chunked_) return send(bytes);
        // Small pieces, events mostly, go out as one packet.
        if (bytes.size() <= 4 * KiB)
            return send(fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes));
        DS_DO(send(fmt::format("{:x}\r\n", bytes.size())));
        DS_DO(send(bytes));
        return send("\r\n");
    }
    std::stop_token stop() const override { return connection_.gone->get_token(); }

    Status finish() {
        if (announced_ && written_ != *announced_) return wrong_length();
        return chunked_ ? send("0\r\n\r\n") : Status{};
    }
    bool broken() const { return broken_; }

private:
    Status send(std::string_view bytes) {
        if (broken_) return fail(Code::unavailable, "the client is gone");
        auto sent = write_all(connection_.transport, bytes, send_time(options_, bytes.size()));
        broken_ = !sent;
        return sent;
    }
    static Status wrong_length() {
        return fail(Code::internal, "a stream is not as long as it was announced");
    }

    const Options& options_;
    Connection& connection_;
    const bool chunked_;
    const std::optional<std::uint64_t> announced_;
    std::uint64_t written_ = 0;
    bool broken_ = false;
};

Status produce(const Stream& stream, Writer& writer) {
    try {
        return stream.produce(writer);
    } catch (const std::exception& thrown) {
        return fail(Code::internal, fmt::format("a stream threw: {}", thrown.what()));
    }
}

}  // namespace

std::chrono::milliseconds send_time(const Options& options, std::size_t bytes) {
    return options.write_timeout +
           std::chrono::milliseconds{bytes * 1000 / options.bytes_per_second_min};
}

Response text_response(int status, std::string text) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.body = std::move(text);
    return response;
}

Response stream_response(std::string content_type, std::function<Status(Writer&)> produce_body) {
    Response response;
    response.headers.add("Content-Type", std::move(content_type));
    response.stream = Stream{std::move(produce_body), {}};
    return response;
}

Response call_handler(const Options& options, const Handler& handler, const Request& request,
                      const std::stop_token& stop) {
    if (stop.stop_requested()) return text_response(503, "the server stops\n");
    try {
        return handler(request, stop);
    } catch (const std::exception& thrown) {
        tell(options, fail(Code::internal, fmt::format("a handler threw: {}", thrown.what())));
    }
    return text_response(500, "internal error\n");
}

bool render_answer(const Options& options, Connection& connection, const Response& response) {
    const auto now = std::chrono::system_clock::now();
    auto head = wire::render_head(response, connection.sending, now);
    if (!head) {
        tell(options, head.error());
        render_answer(options, connection, text_response(500, "internal error\n"));
        return false;
    }
    if (!wire::delimited(response, connection.sending)) connection.sending.keep_alive = false;
    connection.output = std::move(*head);
    connection.sent = 0;
    if (!response.stream && wire::has_body(response, connection.sending)) {
        connection.output += response.body;
    }
    return true;
}

void render_refusal(Connection& connection, const wire::Refusal& refusal) {
    auto response = text_response(refusal.status, refusal.reason + "\n");
    if (refusal.status == 503) response.headers.add("Retry-After", "1");
    connection.sending.keep_alive = false;
    connection.sending.websocket_accept.clear();
    render_answer({}, connection, response);
}

bool send_output(Connection& connection) {
    while (connection.sent < connection.output.size()) {
        const auto rest = std::string_view{connection.output}.substr(connection.sent);
        const auto moved = connection.transport.write_some(rest);
        if (moved.waits()) return true;
        if (moved.what != Moved::What::bytes) return false;
        connection.sent += moved.bytes;
    }
    connection.output.clear();
    connection.sent = 0;
    // Thousands of idle connections must not keep the memory of their last answers.
    if (connection.output.capacity() > KiB) connection.output.shrink_to_fit();
    return true;
}

bool serve_stream(const Options& options, Connection& connection, const Response& response) {
    const bool as_meant = render_answer(options, connection, response);
    const auto head = std::exchange(connection.output, {});
    if (!write_all(connection.transport, head, send_time(options, head.size()))) return false;
    if (!as_meant || !wire::has_body(response, connection.sending)) return true;
    SocketWriter writer{options, connection, wire::chunked(response, connection.sending),
                        response.stream->bytes};
    auto produced = produce(*response.stream, writer);
    if (produced) produced = writer.finish();
    if (produced && !writer.broken()) return true;
    if (!writer.broken()) tell(options, produced.error());
    // Where the end of the connection is the end of the body, closing would look like success; for
    // a client that does not read the kernel would go on keeping bytes.
    if (writer.broken() || !wire::delimited(response, connection.sending)) {
        connection.transport.break_off();
    }
    return false;
}

}  // namespace ds::http
