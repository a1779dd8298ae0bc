#pragma once

#include "http/answer.hpp"
#include "http/wire/frames.hpp"

namespace ds::http {

/// A WebSocket over a connection that was upgraded.
class SocketWebSocket final : public WebSocket {
public:
    /// Both must live longer.
    SocketWebSocket(const Options& options, Connection& connection);

    Status send(std::string_view text) override;
    Result<std::optional<std::string>> receive(std::chrono::milliseconds timeout) override;
    void close(int code, std::string_view reason) override;
    std::stop_token stop() const override { return connection_.gone->get_token(); }

private:
    using Time = Connection::Time;
    Status send_frame(wire::Opcode opcode, std::string_view payload);
    /// A text for the caller, or what ended the conversation, or nothing of interest.
    Result<std::optional<std::string>> hear(wire::Said said);
    Result<std::optional<std::string>> hear_all();
    Result<Moved> read();
    Status watch_silence(Time now);
    Status over() const;

    const Options& options_;
    Connection& connection_;
    wire::FrameReader reader_;
    Time heard_;
    bool pinged_ = false;
    std::mutex mutex_;
    bool closed_ = false;  // nothing more may be sent
};

/// Sec-WebSocket-Accept for a key (RFC 6455, 4.2.2).
std::string websocket_accept(std::string_view key);

}  // namespace ds::http
