#include "http/wire/request_reader.hpp"

#include <algorithm>

#include "base/bytes.hpp"

namespace ds::http::wire {
namespace {

constexpr std::size_t small_body_bytes = 64 * KiB;

}  // namespace

RequestReader::RequestReader(const Limits& limits, std::string peer)
    : limits_{limits}, peer_{std::move(peer)} {
    request_.peer = peer_;
}

Refused RequestReader::feed(std::string_view bytes) {
    buffer_.append(bytes);
    if (step_ == Step::head) {
        if (auto refused = read_head()) return refused;
    }
    return step_ == Step::body ? read_body() : Refused{};
}

Request RequestReader::take() {
    Request taken = std::exchange(request_, {});
    request_.peer = peer_;
    framing_ = {};
    step_ = Step::head;
    scanned_ = 0;
    blank_line_ = false;
    if (buffer_.empty()) std::string{}.swap(buffer_);
    return taken;
}

bool RequestReader::wants_continue() {
    return std::exchange(wants_continue_, false) && step_ == Step::body && body_bytes() == 0;
}

std::size_t RequestReader::held_bytes() const {
    return buffer_.capacity() + request_.body.capacity() + chunked_.held_bytes();
}

Refused RequestReader::read_head() {
    // RFC 9112, 2.2: one empty line before a request is forgiven.
    if (!blank_line_ && buffer_.starts_with("\r\n")) {
        buffer_.erase(0, 2);
        blank_line_ = true;
    }
    if (buffer_.empty() || buffer_ == "\r") return {};
    if (!is_token_char(buffer_.front())) return Refusal{400, "this is not HTTP"};
    for (;;) {
        const auto feed = buffer_.find('\n', scanned_);
        if (feed == std::string::npos) break;
        if (feed == 0 || buffer_[feed - 1] != '\r') return Refusal{400, "bare line feed"};
        if (feed >= 3 && buffer_[feed - 2] == '\n') return begin_body(feed + 1);
        scanned_ = feed + 1;
    }
    return check_head_size();
}

Refused RequestReader::check_head_size() const {
    const bool in_request_line = scanned_ == 0;
    if (in_request_line && buffer_.size() > target_bytes_max + 64) {
        return Refusal{414, "the address is too long"};
    }
    if (buffer_.size() >= limits_.header_bytes_max) {
        return Refusal{431, "the headers are too long"};
    }
    return {};
}

Refused RequestReader::begin_body(std::size_t head_bytes) {
    if (head_bytes > limits_.header_bytes_max) return Refusal{431, "the headers are too long"};
    const auto head = std::string_view{buffer_}.substr(0, head_bytes);
    if (auto refused = parse_head(head, request_, framing_)) return refused;
    buffer_.erase(0, head_bytes);
    scanned_ = 0;
    step_ = Step::body;
    const auto body_bytes_max = limits_.body_bytes_max(request_);
    if (framing_.length.value_or(0) > body_bytes_max) return Refusal{413, "the body is too long"};
    left_ = framing_.length.value_or(0);
    request_.body.reserve(std::min(left_, small_body_bytes));
    chunked_ = ChunkedBody{body_bytes_max};
    wants_continue_ = framing_.expects_continue && buffer_.empty();
    return {};
}

Refused RequestReader::read_body() {
    std::string_view rest = buffer_;
    if (framing_.chunked) {
        if (auto refused = chunked_.take(rest, request_.body)) return refused;
        if (chunked_.done()) step_ = Step::complete;
    } else {
        const auto used = std::min(left_, rest.size());
        request_.body.append(rest.substr(0, used));
        rest.remove_prefix(used);
        left_ -= used;
        if (left_ == 0) step_ = Step::complete;
    }
    buffer_.erase(0, buffer_.size() - rest.size());
    return {};
}

}  // namespace ds::http::wire
