#include "http/answer.hpp"
#include "http/loop.hpp"
#include "http/websocket.hpp"

namespace ds::http {
namespace {

constexpr int reads_in_a_row = 16;  // then the others have their turn

}  // namespace

void Loop::enter(Connection& connection, Phase phase) {
    connection.phase = phase;
    connection.since = now_;
}

void Loop::await(Connection& connection, std::uint32_t events) {
    poller_.change(connection.transport.fd(), connection.id, events | EPOLLONESHOT);
}

void Loop::count(Connection& connection) {
    const auto held = connection.held_bytes();
    held_bytes_ += held - connection.counted;
    connection.counted = held;
}

void Loop::close(Connection& connection) {
    held_bytes_ -= connection.counted;
    connections_.erase(connection.id);
}

void Loop::begin_reading(Connection& connection) {
    enter(connection, Phase::reading);
    if (!take_in(connection, {})) return;
    if (draining_ && connection.reader.idle()) return begin_lingering(connection);
    if (connection.transport.has_buffered()) return read_more(connection);
    await(connection, EPOLLIN);
}

void Loop::read_more(Connection& connection) {
    for (int i = 0; i < reads_in_a_row; ++i) {
        const auto moved = connection.transport.read_some(room_);
        if (moved.waits()) {
            return await(connection, moved.what == Moved::What::wants_write ? EPOLLOUT : EPOLLIN);
        }
        if (moved.what != Moved::What::bytes) return close(connection);
        if (!take_in(connection, {room_.data(), moved.bytes})) return;
    }
    // Bytes that TLS holds back are not announced, but then the socket can be written to.
    await(connection, connection.transport.has_buffered() ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

/// True: more is to be read.
bool Loop::take_in(Connection& connection, std::string_view bytes) {
    auto& reader = connection.reader;
    const bool was_idle = reader.idle();
    const bool was_in_body = reader.in_body();
    const auto refused = reader.feed(bytes);
    count(connection);
    if (refused) {
        refuse(connection, *refused);
        return false;
    }
    if (reader.complete()) {
        begin_work(connection);
        return false;
    }
    if (held_bytes_ > options_.buffers_bytes_max) {
        refuse(connection, {503, "too much to do"});
        return false;
    }
    if (was_idle != reader.idle() || was_in_body != reader.in_body()) connection.since = now_;
    if (reader.wants_continue() && !say_continue(connection)) {
        close(connection);
        return false;
    }
    return true;
}

bool Loop::say_continue(Connection& connection) {
    // Nothing else is on its way to this client, so there is room for so few bytes.
    constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    return connection.transport.write_some(text).bytes == text.size();
}

void Loop::begin_work(Connection& connection) {
    connection.sending = {};
    connection.sending.keep_alive = connection.reader.framing().keep_alive;
    connection.request = connection.reader.take();
    connection.sending.http_1_0 = connection.request.http_1_0;
    connection.sending.head_only = connection.request.method == "HEAD";
    connection.served = true;
    enter(connection, Phase::working);
    if (!handlers_.submit([this, &connection] { work(connection); })) {
        refuse(connection, {503, "too much to do"});
    }
}

void Loop::work(Connection& connection) {
    auto response =
        call_handler(options_, handler_, connection.request, handlers_stop_.get_token());
    if (draining_) connection.sending.keep_alive = false;
    const bool streamed = response.stream && wire::has_body(response, connection.sending);
    if (streamed || response.websocket) {
        return finish({&connection, true, std::make_shared<Response>(std::move(response))});
    }
    render_answer(options_, connection, response);
    connection.request = {};
    const bool usable = send_output(connection);
    finish({&connection, usable, nullptr});
}

void Loop::begin_long(Connection& connection, std::shared_ptr<const Response> response) {
    connection.gone.emplace();
    enter(connection, Phase::long_lived);
    if (draining_) stop_one(connection);
    await(connection, EPOLLRDHUP);
    if (!streams_.submit([this, &connection, response = std::move(response)] {
            work_long(connection, *response);
        })) {
        refuse(connection, {503, "too many long answers"});
    }
}

void Loop::work_long(Connection& connection, const Response& response) {
    bool usable = true;
    if (response.websocket) {
        serve_websocket(options_, connection, response);
    } else {
        usable = serve_stream(options_, connection, response);
    }
    connection.request = {};
    finish({&connection, usable, nullptr});
}

void Loop::finish(Finished finished) {
    bool first = false;
    {
        const std::lock_guard lock{mutex_};
        first = finished_.empty();
        finished_.push_back(std::move(finished));
    }
    if (first) poller_.wake();
}

void Loop::refuse(Connection& connection, const wire::Refusal& refusal) {
    if (connection.phase == Phase::reading) {
        connection.sending = {};
        connection.sending.head_only = connection.reader.method() == "HEAD";
    }
    connection.request = {};
    render_refusal(connection, refusal);
    enter(connection, Phase::writing);
    go_on_sending(connection);
}

void Loop::go_on_sending(Connection& connection) {
    if (!send_output(connection)) return close(connection);
    if (connection.output.empty()) return answered(connection);
    count(connection);
    if (held_bytes_ > options_.buffers_bytes_max) return close(connection);
    await(connection, EPOLLOUT);
}

void Loop::answered(Connection& connection) {
    count(connection);
    if (connection.sending.keep_alive) return begin_reading(connection);
    begin_lingering(connection);
}

/// Closing with unread bytes would send a reset, which may overtake the answer (RFC 9112, 9.6).
void Loop::begin_lingering(Connection& connection) {
    connection.transport.finish_writing();
    enter(connection, Phase::lingering);
    await(connection, EPOLLIN);
}

void Loop::linger(Connection& connection) {
    for (int i = 0; i < reads_in_a_row; ++i) {
        const auto moved = connection.transport.read_some(room_);
        if (moved.waits()) break;
        if (moved.what != Moved::What::bytes) return close(connection);
    }
    await(connection, EPOLLIN);
}

}  // namespace ds::http
