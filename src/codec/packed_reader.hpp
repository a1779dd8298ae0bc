#pragma once

#include "stream/stream.hpp"

namespace ds::codec {

/// A packed stream that can be looked at before it is taken.
class PackedReader {
public:
    static constexpr std::size_t peek_bytes_max = 128 * KiB;

    explicit PackedReader(stream::SourcePtr source)
        : source_{std::move(source)}, buffer_(peek_bytes_max) {}

    /// At least the next `bytes` without taking them; fewer only when the stream ends before. Valid
    /// until the next call.
    Result<View> peek(std::size_t bytes);
    /// Takes `bytes` that were peeked at.
    void skip(std::size_t bytes) { begin_ += bytes; }
    /// Appends exactly the next `bytes` to `to`; Code::corrupt when the stream ends before.
    Status take(Bytes& to, std::size_t bytes);

private:
    stream::SourcePtr source_;
    Bytes buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

/// The error for a stream that ends too early.
Error ends_within_frame();

}  // namespace ds::codec
