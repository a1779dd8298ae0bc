#include "http/wire/frames.hpp"

#include "base/result.hpp"

namespace ds::http::wire {
namespace {

constexpr std::size_t control_bytes_max = 125;

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

void append_big_endian(std::string& to, std::uint64_t value, int bytes) {
    while (bytes-- > 0) to += static_cast<char>(value >> (8 * bytes) & 0xff);
}

bool is_control(Opcode opcode) { return static_cast<int>(opcode) >= 8; }

bool is_known(Opcode opcode) {
    return opcode <= Opcode::binary || (opcode >= Opcode::close && opcode <= Opcode::pong);
}

}  // namespace

std::nullopt_t FrameReader::break_off(int code) {
    broken_ = code;
    buffer_.clear();
    message_.clear();
    return std::nullopt;
}

std::optional<Said> FrameReader::next() {
    while (broken_ == 0) {
        const auto header = read_header();
        if (!header || !check_header(*header)) return {};
        if (buffer_.size() - header->header_bytes < header->payload_bytes) return {};
        auto payload = take_payload(*header);
        auto said = is_control(header->opcode) ? end_control(*header, std::move(payload))
                                               : end_data(*header, payload);
        if (said) return said;
    }
    return {};
}

std::optional<FrameReader::Header> FrameReader::read_header() {
    if (buffer_.size() < 2) return {};
    const auto first = static_cast<unsigned char>(buffer_[0]);
    const auto second = static_cast<unsigned char>(buffer_[1]);
    const bool masked = (second & 0x80) != 0;
    // No extension was agreed on, so the three bits are zero; clients mask everything.
    if ((first & 0x70) != 0 || !masked) return break_off(close_protocol);
    const std::size_t short_length = second & 0x7f;
    const std::size_t length_bytes = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
    const std::size_t header_bytes = 2 + length_bytes + 4;
    if (buffer_.size() < header_bytes) return {};
    std::uint64_t payload_bytes = short_length;
    if (length_bytes > 0) {
        payload_bytes = big_endian(std::string_view{buffer_}.substr(2, length_bytes));
        const bool shortest = payload_bytes > (length_bytes == 2 ? 125 : 0xffff);
        if (!shortest) return break_off(close_protocol);
    }
    return Header{(first & 0x80) != 0, static_cast<Opcode>(first & 0x0f), header_bytes,
                  payload_bytes};
}

bool FrameReader::check_header(const Header& header) {
    int code = 0;
    if (!is_known(header.opcode)) {
        code = close_protocol;
    } else if (is_control(header.opcode)) {
        if (!header.final || header.payload_bytes > control_bytes_max) code = close_protocol;
    } else if ((header.opcode == Opcode::more) != in_message_) {
        code = close_protocol;
    } else if (header.opcode == Opcode::binary) {
        code = close_unsupported;
    } else if (header.payload_bytes > message_bytes_max_ - message_.size()) {
        code = close_too_large;
    }
    if (code != 0) break_off(code);
    return code == 0;
}

std::string FrameReader::take_payload(const Header& header) {
    std::string payload = buffer_.substr(header.header_bytes, header.payload_bytes);
    const char* const mask = buffer_.data() + header.header_bytes - 4;
    for (std::size_t i = 0; i < payload.size(); ++i) {
        payload[i] = static_cast<char>(payload[i] ^ mask[i % 4]);
    }
    buffer_.erase(0, header.header_bytes + header.payload_bytes);
    return payload;
}

std::optional<Said> FrameReader::end_control(const Header& header, std::string payload) {
    if (header.opcode != Opcode::close) return Said{header.opcode, std::move(payload), 0};
    if (payload.empty()) return Said{Opcode::close, {}, close_absent};
    if (payload.size() < 2) return break_off(close_protocol);
    const auto code = static_cast<int>(big_endian(std::string_view{payload}.substr(0, 2)));
    if (!may_be_sent(code)) return break_off(close_protocol);
    payload.erase(0, 2);
    if (!is_utf8(payload)) return break_off(close_not_utf8);
    return Said{Opcode::close, std::move(payload), code};
}

std::optional<Said> FrameReader::end_data(const Header& header, const std::string& payload) {
    in_message_ = !header.final;
    message_ += payload;
    if (!header.final) return {};
    if (!is_utf8(message_)) return break_off(close_not_utf8);
    return Said{Opcode::text, std::exchange(message_, {}), 0};
}

std::string render_frame(Opcode opcode, std::string_view payload) {
    std::string frame;
    frame.reserve(payload.size() + 10);
    frame += static_cast<char>(0x80 | static_cast<int>(opcode));
    if (payload.size() < 126) {
        frame += static_cast<char>(payload.size());
    } else if (payload.size() <= 0xffff) {
        frame += static_cast<char>(126);
        append_big_endian(frame, payload.size(), 2);
    } else {
        frame += static_cast<char>(127);
        append_big_endian(frame, payload.size(), 8);
    }
    frame += payload;
    return frame;
}

std::string render_close(int code, std::string_view reason) {
    std::string payload;
    append_big_endian(payload, static_cast<std::uint64_t>(code), 2);
    // Cut between characters, not inside one.
    while (reason.size() > control_bytes_max - 2 || !is_utf8(reason)) reason.remove_suffix(1);
    payload += reason;
    return render_frame(Opcode::close, payload);
}

bool may_be_sent(int close_code) {
    const bool registered = close_code >= 1000 && close_code <= 1014 && close_code != 1004 &&
                            close_code != close_absent && close_code != 1006;
    return registered || (close_code >= 3000 && close_code <= 4999);
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || text.size() - i <= more) return false;
        std::uint32_t code = more == 0 ? lead : lead & (0x3fU >> more);
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80) return false;
            code = code << 6 | (next & 0x3f);
        }
        const bool surrogate = code >= 0xd800 && code <= 0xdfff;
        if (surrogate || code > 0x10ffff || (more == 2 && code < 0x800) ||
            (more == 3 && code < 0x10000))
            return false;
        i += more + 1;
    }
    return true;
}

}  // namespace ds::http::wire
