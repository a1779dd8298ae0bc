#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.hpp"

/// Frames of RFC 6455, section 5, without a socket.
namespace ds::http::wire {

enum class Opcode : std::uint8_t {
    more = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10,
};

/// Close codes of RFC 6455, 7.4.1.
constexpr int close_normal = 1000;
constexpr int close_going_away = 1001;
constexpr int close_protocol = 1002;
constexpr int close_unsupported = 1003;
constexpr int close_absent = 1005;  // never sent: the frame had no code
constexpr int close_not_utf8 = 1007;
constexpr int close_too_large = 1009;

/// Something whole that the other side said. Only these kinds: text, ping, pong, close.
struct Said {
    Opcode kind = Opcode::text;
    std::string payload;  // of close: the reason
    int close_code = 0;
};

/// Takes the frames of a client apart: masks are required, sizes bounded, texts must be UTF-8.
class FrameReader {
public:
    explicit FrameReader(std::size_t message_bytes_max) : message_bytes_max_{message_bytes_max} {}

    void feed(std::string_view bytes) { buffer_.append(bytes); }
    /// The next whole thing in what was fed. Nothing: more bytes are needed, or broken().
    std::optional<Said> next();
    /// The close code to answer with when the client broke a rule; 0 while it has not.
    int broken() const { return broken_; }

private:
    struct Header {
        bool final = false;
        Opcode opcode = Opcode::more;
        std::size_t header_bytes = 0;  // with the mask
        std::uint64_t payload_bytes = 0;
    };
    std::optional<Header> read_header();
    bool check_header(const Header& header);
    std::string take_payload(const Header& header);
    std::optional<Said> end_control(const Header& header, std::string payload);
    std::optional<Said> end_data(const Header& header, const std::string& payload);
    std::nullopt_t break_off(int code);

    std::size_t message_bytes_max_;
    std::string buffer_;
    std::string message_;  // the fragments so far
    bool in_message_ = false;
    int broken_ = 0;
};

/// One unmasked frame, as servers send it.
std::string render_frame(Opcode opcode, std::string_view payload);
std::string render_close(int code, std::string_view reason);

/// RFC 3629: shortest forms only, no surrogates, up to U+10FFFF.
bool is_utf8(std::string_view text);

/// Whether a peer may send this code (RFC 6455, 7.4).
bool may_be_sent(int close_code);

}  // namespace ds::http::wire
