#include "codec/seek_table.hpp"

namespace ds::codec {
namespace {

constexpr std::uint32_t footer_magic = 0x8F92EAB1;
constexpr std::byte checksum_flag{0x80};
constexpr std::byte unused_bits{0x03};

}  // namespace

void append_entry(Bytes& to, const SeekEntry& entry) {
    append_le32(to, entry.packed_bytes);
    append_le32(to, entry.plain_bytes);
    append_le32(to, entry.checksum);
}

Bytes seek_table_frame(View entries) {
    Bytes frame;
    frame.reserve(seek_table_header_bytes + entries.size() + seek_table_footer_bytes);
    append_le32(frame, seek_table_magic);
    append_le32(frame, static_cast<std::uint32_t>(entries.size() + seek_table_footer_bytes));
    append(frame, entries);
    append_le32(frame, static_cast<std::uint32_t>(entries.size() / seek_entry_bytes));
    frame.push_back(checksum_flag);
    append_le32(frame, footer_magic);
    return frame;
}

std::optional<SeekFooter> parse_footer(View footer) {
    if (footer.size() != seek_table_footer_bytes || load_le32(footer.data() + 5) != footer_magic)
        return {};
    const auto flags = footer[4];
    if ((flags & ~(checksum_flag | unused_bits)) != std::byte{0})
        return {};  // reserved by the format
    return SeekFooter{load_le32(footer.data()), (flags & checksum_flag) != std::byte{0}};
}

}  // namespace ds::codec
