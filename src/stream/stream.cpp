#include "stream/stream.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace ds::stream {

Result<std::size_t> read_full(Source& source, Room room) {
    std::size_t have = 0;
    while (have < room.size()) {
        DS_TRY(const auto got, source.read(room.subspan(have)));
        if (got == 0) break;
        have += got;
    }
    return have;
}

Result<Bytes> read_all(Source& source, std::size_t bytes_max) {
    Bytes bytes;
    std::byte buffer[16 * KiB];
    for (;;) {
        DS_TRY(const auto got, source.read(buffer));
        if (got == 0) return bytes;
        if (bytes.size() + got > bytes_max) {
            return fail(Code::exhausted, "more than the expected " + human_bytes(bytes_max));
        }
        append(bytes, View{buffer, got});
    }
}

Result<std::uint64_t> copy(Source& source, Sink& sink, std::size_t buffer_bytes) {
    Bytes buffer(buffer_bytes);
    std::uint64_t total = 0;
    for (;;) {
        DS_TRY(const auto got, source.read(buffer));
        if (got == 0) return total;
        DS_DO(sink.write(View{buffer.data(), got}));
        total += got;
    }
}

Result<std::size_t> MemorySource::read(Room room) {
    const auto count = std::min(room.size(), bytes_.size() - at_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), count, room.begin());
    at_ += count;
    return count;
}

Status MemorySink::write(View bytes) {
    if (bytes_.size() + bytes.size() > bytes_max_) {
        return fail(Code::exhausted, "more than the expected " + human_bytes(bytes_max_));
    }
    append(bytes_, bytes);
    return {};
}

}  // namespace ds::stream
