#pragma once

#include <optional>
#include <string>

#include "stream/stream.hpp"

namespace ds::stream {

/// The lines of a text that streams by. One thread at a time; the source outlives it.
class Lines {
public:
    Lines(Source& source, std::size_t line_bytes_max)
        : source_{source}, line_bytes_max_{line_bytes_max} {}

    /// The next line without its line feed; nothing at the end. A last line without a line feed
    /// counts. Longer than the limit is Code::corrupt.
    Result<std::optional<std::string>> next();

private:
    Source& source_;
    const std::size_t line_bytes_max_;
    Bytes buffer_;
    std::size_t at_ = 0, have_ = 0;
};

}  // namespace ds::stream
