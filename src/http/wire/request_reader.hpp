#pragma once

#include <functional>
#include <string>
#include <utility>

#include "http/wire/chunked.hpp"

namespace ds::http::wire {

struct Limits {
    std::size_t header_bytes_max = 0;
    std::function<std::size_t(const RequestHead&)> body_bytes_max;
};

/// Reads requests one after the other out of bytes as they come, without a socket. After a refusal
/// it is of no more use.
class RequestReader {
public:
    /// `limits` must live longer; `peer` goes into the requests.
    RequestReader(const Limits& limits, std::string peer);

    /// Takes what arrived; empty to go on with what came with the request before.
    Refused feed(std::string_view bytes);
    bool complete() const { return step_ == Step::complete; }
    /// The complete request; the next one begins with what came after it.
    Request take();

    /// What came after the last request, when it is not HTTP any more.
    std::string take_rest() { return std::exchange(buffer_, {}); }

    /// No byte of the next request has come.
    bool idle() const { return step_ == Step::head && buffer_.empty(); }
    bool in_body() const { return step_ == Step::body; }
    /// Of the head; meaningful once it was read.
    const Framing& framing() const { return framing_; }
    const std::string& method() const { return request_.method; }
    std::size_t body_bytes() const { return request_.body.size(); }
    /// True once, when the client waits for "100 Continue" before it sends the body.
    bool wants_continue();
    /// Memory that is held for unfinished work.
    std::size_t held_bytes() const;

private:
    enum class Step { head, body, complete };
    Refused read_head();
    Refused check_head_size() const;
    Refused begin_body(std::size_t head_bytes);
    Refused read_body();

    const Limits& limits_;
    std::string peer_;
    Step step_ = Step::head;
    std::string buffer_;       // what came and is not used yet
    std::size_t scanned_ = 0;  // of buffer_: no line feed of interest before it
    bool blank_line_ = false;
    Request request_;
    Framing framing_;
    ChunkedBody chunked_{0};
    std::size_t left_ = 0;
    bool wants_continue_ = false;
};

}  // namespace ds::http::wire
