#include "codec/packed_reader.hpp"

#include <algorithm>

namespace ds::codec {

Error ends_within_frame() {
    return fail(Code::corrupt, "compressed data is cut short: it ends within a frame");
}

Result<View> PackedReader::peek(std::size_t bytes) {
    DS_CHECK(bytes <= peek_bytes_max, "a peek fits the buffer");
    if (end_ - begin_ < bytes) {
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                  buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
        end_ -= std::exchange(begin_, 0);
    }
    while (end_ - begin_ < bytes) {
        DS_TRY(const auto got, source_->read(Room{buffer_}.subspan(end_)));
        if (got == 0) break;
        end_ += got;
    }
    return View{buffer_}.subspan(begin_, end_ - begin_);
}

Status PackedReader::take(Bytes& to, std::size_t bytes) {
    const auto buffered = View{buffer_}.subspan(begin_, std::min(bytes, end_ - begin_));
    append(to, buffered);
    begin_ += buffered.size();
    const auto rest = bytes - buffered.size();
    if (rest == 0) return {};
    // Large takes go straight to their place.
    to.resize(to.size() + rest);
    DS_TRY(const auto got, stream::read_full(*source_, Room{to}.last(rest)));
    if (got < rest) return ends_within_frame();
    return {};
}

}  // namespace ds::codec
