#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.hpp"
#include "sys/files.hpp"

/// Raw clients for tests of servers on 127.0.0.1: they send what they are told, right or wrong.
/// Nothing waits longer than ten seconds.
namespace ds::http::testing {

struct Answer {
    int status = 0;  // 0: none came
    Headers headers;
    std::string body;
    bool whole = false;  // the body ended as its head announced

    std::string header(std::string_view name) const;
};

/// `receive_bytes` > 0: the size of its buffer, for readers that are slow.
sys::Fd open_socket(int receive_bytes = 0);

/// To 127.0.0.1; false: nobody listens.
bool connect_to(const sys::Fd& socket, std::uint16_t port);

class Client {
public:
    explicit Client(std::uint16_t port, sys::Fd socket = open_socket());

    /// False: the server does not take it any more.
    bool send(std::string_view bytes);
    /// The next answer; status 0 when the connection ends before one.
    Answer read(bool head_only = false);
    /// At least one byte more, or nothing at the end.
    std::string read_some();
    std::string read_exactly(std::size_t bytes);
    std::string read_to_end();
    /// The server closes within this time; what it sends until then is dropped.
    bool closes_within(std::chrono::milliseconds time);
    void half_close();
    /// Closes with a reset.
    void reset();
    void close() { socket_.reset(); }
    bool connected() const { return connected_; }
    /// The server's end was a reset.
    bool was_reset() const { return reset_; }

private:
    bool read_more();
    std::string take(std::size_t bytes);
    std::optional<std::string> read_line();
    void read_body(Answer& answer);
    void read_chunks(Answer& answer);

    sys::Fd socket_;
    std::string buffer_;
    bool connected_ = false;
    bool reset_ = false;
};

/// One request on a connection of its own.
Answer fetch(std::uint16_t port, std::string_view method, std::string_view target,
             const Headers& headers = {}, std::string_view body = {});

struct Frame {
    int opcode = -1;  // -1: the connection ended
    std::string payload;
    /// Of a close frame; 1005 when it has none.
    int close_code() const;
};

class WebSocketClient {
public:
    /// Connects and upgrades; answer() tells whether it became one.
    WebSocketClient(std::uint16_t port, std::string_view target, const Headers& headers = {});

    const Answer& answer() const { return answer_; }
    bool open() const { return answer_.status == 101; }
    bool send_text(std::string_view text) { return send_frame(1, text); }
    bool send_frame(int opcode, std::string_view payload, bool final = true, bool masked = true);
    bool send_close(int code);
    Frame receive();
    Client& raw() { return client_; }

private:
    Client client_;
    Answer answer_;
};

}  // namespace ds::http::testing
