#pragma once

#include "http/wire/head.hpp"

namespace ds::http::wire {

/// Takes a chunked body (RFC 9112, 7.1) apart as its bytes come. Extensions and trailers are
/// checked for their characters, bounded and dropped.
class ChunkedBody {
public:
    explicit ChunkedBody(std::size_t body_bytes_max) : body_bytes_max_{body_bytes_max} {}

    /// Consumes the front of `bytes` and appends to `body`. Leaves what comes after the last chunk.
    Refused take(std::string_view& bytes, std::string& body);
    bool done() const { return step_ == Step::done; }
    std::size_t held_bytes() const { return line_.capacity(); }

private:
    enum class Step { size, data, data_end, trailer, done };
    bool take_line(std::string_view& bytes);
    Refused end_line(std::size_t body_bytes);
    Refused begin_chunk(std::size_t body_bytes);
    Refused end_trailer();

    std::size_t body_bytes_max_;
    Step step_ = Step::size;
    std::string line_;
    std::size_t left_ = 0;
    std::size_t trailer_bytes_ = 0;
};

}  // namespace ds::http::wire
