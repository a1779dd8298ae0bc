#include <algorithm>

#include <fmt/core.h>

#include "codec/codec.hpp"
#include "codec/seek_table.hpp"

namespace ds::codec {
namespace {

// Holds the table of 20 GiB, so nearly always one request is enough.
constexpr std::uint64_t first_read_bytes = 64 * KiB;

Error damaged(std::string_view what) {
    return fail(Code::corrupt, fmt::format("seek table is damaged: {}", what));
}

/// The last `bytes` of the object.
Result<Bytes> read_tail(const OpenRange& open_range, std::uint64_t object_bytes,
                        std::uint64_t bytes) {
    DS_TRY(const auto source, open_range(object_bytes - bytes, bytes));
    Bytes tail(bytes);
    DS_TRY(const auto got, stream::read_full(*source, tail));
    if (got < bytes) return fail(Code::corrupt, "object is shorter than its stated size");
    return tail;
}

Result<std::vector<Frame>> parse_entries(View entries, const SeekFooter& footer,
                                         std::uint64_t frames_bytes) {
    const auto entry_bytes = footer.checksums ? seek_entry_bytes : seek_entry_bytes - 4;
    std::vector<Frame> frames;
    frames.reserve(footer.frames);
    Frame next;
    for (; !entries.empty(); entries = entries.subspan(entry_bytes)) {
        next.packed_bytes = load_le32(entries.data());
        next.plain_bytes = load_le32(entries.data() + 4);
        frames.push_back(next);
        next.packed_offset += next.packed_bytes;
        next.plain_offset += next.plain_bytes;
    }
    if (next.packed_offset != frames_bytes) return damaged("its frames are not the object's size");
    return frames;
}

}  // namespace

Result<std::vector<Frame>> read_frames(Method method, const OpenRange& open_range,
                                       std::uint64_t packed_bytes) {
    constexpr auto around_bytes = seek_table_header_bytes + seek_table_footer_bytes;
    if (method != Method::zstd || packed_bytes < around_bytes) return std::vector<Frame>{};
    DS_TRY(auto tail,
           read_tail(open_range, packed_bytes, std::min(packed_bytes, first_read_bytes)));
    const auto footer = parse_footer(View{tail}.last(seek_table_footer_bytes));
    if (!footer) return std::vector<Frame>{};
    if (footer->frames > seek_entries_max)
        return fail(Code::unsupported, "seek table has too many frames");
    const auto entries_bytes =
        footer->frames * (footer->checksums ? seek_entry_bytes : seek_entry_bytes - 4);
    const auto table_bytes = entries_bytes + around_bytes;
    if (table_bytes > packed_bytes) return damaged("it is larger than the object");
    if (table_bytes > tail.size()) {
        DS_TRY_AS(whole, tail, read_tail(open_range, packed_bytes, table_bytes));
    }
    const auto table = View{tail}.last(table_bytes);
    if (load_le32(table.data()) != seek_table_magic ||
        load_le32(table.data() + 4) != table_bytes - seek_table_header_bytes) {
        return damaged("it does not begin where it should");
    }
    return parse_entries(table.subspan(seek_table_header_bytes, entries_bytes), *footer,
                         packed_bytes - table_bytes);
}

}  // namespace ds::codec
