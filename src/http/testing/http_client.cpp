#include "http/testing/http_client.hpp"

#include <cerrno>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/text.hpp"

namespace ds::http::testing {
namespace {

constexpr int patience_ms = 10'000;

}  // namespace

sys::Fd open_socket(int receive_bytes) {
    sys::Fd made{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    DS_CHECK(made, "no socket");
    const int on = 1;
    ::setsockopt(made.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receive_bytes > 0) {
        ::setsockopt(made.get(), SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
    }
    return made;
}

bool connect_to(const sys::Fd& socket, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
           0;
}

std::string Answer::header(std::string_view name) const {
    const auto* value = headers.find(name);
    return value == nullptr ? std::string{} : *value;
}

Client::Client(std::uint16_t port, sys::Fd socket)
    : socket_{std::move(socket)}, connected_{connect_to(socket_, port)} {
    if (!connected_) socket_.reset();
}

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Client::read_more() {
    if (!socket_) return false;
    pollfd waited{socket_.get(), POLLIN, 0};
    if (::poll(&waited, 1, patience_ms) <= 0) return false;
    char room[65536];
    const auto got = ::recv(socket_.get(), room, sizeof room, 0);
    reset_ = got < 0 && errno == ECONNRESET;
    if (got <= 0) return false;
    buffer_.append(room, static_cast<std::size_t>(got));
    return true;
}

std::string Client::take(std::size_t bytes) {
    std::string taken = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return taken;
}

std::string Client::read_some() {
    if (buffer_.empty() && !read_more()) return {};
    return take(buffer_.size());
}

std::string Client::read_exactly(std::size_t bytes) {
    while (buffer_.size() < bytes && read_more()) {
    }
    return take(bytes);
}

std::string Client::read_to_end() {
    while (read_more()) {
    }
    return take(buffer_.size());
}

std::optional<std::string> Client::read_line() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
        if (!read_more()) return {};
    }
    auto line = take(end);
    take(2);
    return line;
}

Answer Client::read(bool head_only) {
    Answer answer;
    const auto first = read_line();
    if (!first || !first->starts_with("HTTP/1.1 ")) return answer;
    while (true) {
        const auto line = read_line();
        if (!line) return {};
        if (line->empty()) break;
        const auto colon = line->find(':');
        answer.headers.add(line->substr(0, colon), std::string{trimmed(line->substr(colon + 1))});
    }
    answer.status = std::stoi(first->substr(9, 3));
    const bool bodiless = answer.status < 200 || answer.status == 204 || answer.status == 304;
    answer.whole = head_only || bodiless;
    if (!answer.whole) read_body(answer);
    return answer;
}

void Client::read_body(Answer& answer) {
    if (answer.header("Transfer-Encoding") == "chunked") return read_chunks(answer);
    const auto length = answer.header("Content-Length");
    if (length.empty()) {
        answer.body = read_to_end();
        answer.whole = true;
        return;
    }
    answer.body = read_exactly(std::stoull(length));
    answer.whole = answer.body.size() == std::stoull(length);
}

void Client::read_chunks(Answer& answer) {
    while (const auto line = read_line()) {
        if (line->empty()) return;
        const auto size = std::stoull(*line, nullptr, 16);
        answer.body += read_exactly(size);
        if (read_exactly(2) != "\r\n") return;
        if (size == 0) {
            answer.whole = true;
            return;
        }
    }
}

bool Client::closes_within(std::chrono::milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd waited{socket_.get(), POLLIN, 0};
        if (left.count() <= 0 || ::poll(&waited, 1, static_cast<int>(left.count())) == 0) {
            return false;
        }
        char room[4096];
        if (::recv(socket_.get(), room, sizeof room, 0) <= 0) return true;
    }
}

void Client::half_close() { ::shutdown(socket_.get(), SHUT_WR); }

void Client::reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    socket_.reset();
}

Answer fetch(std::uint16_t port, std::string_view method, std::string_view target,
             const Headers& headers, std::string_view body) {
    Client client{port};
    auto text =
        fmt::format("{} {} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n", method, target);
    for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
    if (!body.empty()) text += fmt::format("Content-Length: {}\r\n", body.size());
    client.send(text + "\r\n" + std::string{body});
    return client.read(method == "HEAD");
}

int Frame::close_code() const {
    if (payload.size() < 2) return 1005;
    return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
}

WebSocketClient::WebSocketClient(std::uint16_t port, std::string_view target,
                                 const Headers& headers)
    : client_{port} {
    auto text = fmt::format(
        "GET {} HTTP/1.1\r\nHost: test\r\nConnection: keep-alive, Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        target);
    for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
    client_.send(text + "\r\n");
    answer_ = client_.read();
}

bool WebSocketClient::send_frame(int opcode, std::string_view payload, bool final, bool masked) {
    std::string frame;
    frame += static_cast<char>((final ? 0x80 : 0) | opcode);
    const auto size = payload.size();
    const int short_size = size < 126 ? static_cast<int>(size) : size <= 0xffff ? 126 : 127;
    frame += static_cast<char>((masked ? 0x80 : 0) | short_size);
    const int bytes = short_size == 126 ? 2 : short_size == 127 ? 8 : 0;
    for (int i = bytes - 1; i >= 0; --i) frame += static_cast<char>(size >> (8 * i) & 0xff);
    constexpr std::string_view mask = "\x37\xfa\x21\x3d";
    if (masked) frame += mask;
    for (std::size_t i = 0; i < size; ++i) {
        frame += static_cast<char>(masked ? payload[i] ^ mask[i % 4] : payload[i]);
    }
    return client_.send(frame);
}

bool WebSocketClient::send_close(int code) {
    const char payload[] = {static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    return send_frame(8, {payload, 2});
}

Frame WebSocketClient::receive() {
    const auto head = client_.read_exactly(2);
    if (head.size() < 2) return {};
    std::size_t size = static_cast<unsigned char>(head[1]) & 0x7f;
    const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (more > 0) {
        size = 0;
        for (const char c : client_.read_exactly(more))
            size = size << 8 | static_cast<unsigned char>(c);
    }
    return {head[0] & 0x0f, client_.read_exactly(size)};
}

}  // namespace ds::http::testing
