#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

/// The table of frames at the end of a zstd stream, as the Zstandard Seekable Format describes it:
/// a skippable frame with packed size, plain size and the low half of XXH64 of the plaintext per
/// frame, and a footer.
namespace ds::codec {

struct SeekEntry {
    std::uint32_t packed_bytes = 0;
    std::uint32_t plain_bytes = 0;
    std::uint32_t checksum = 0;
};

constexpr std::uint32_t seek_table_magic = 0x184D2A5E;
constexpr std::size_t seek_table_header_bytes = 8;
constexpr std::size_t seek_table_footer_bytes = 9;
constexpr std::size_t seek_entry_bytes = 12;
/// 16 TiB of plaintext; a larger stream is written and unpacked but has no random access.
constexpr std::size_t seek_entries_max = 4 * MiB;

/// Appends an entry as it stands in the table.
void append_entry(Bytes& to, const SeekEntry& entry);
/// Makes the whole skippable frame around entries written by append_entry().
Bytes seek_table_frame(View entries);

struct SeekFooter {
    std::uint32_t frames = 0;
    bool checksums = false;  // otherwise entries have 8 bytes
};
/// The last 9 bytes of a table; nothing else than a table's footer is read as one.
std::optional<SeekFooter> parse_footer(View footer);

}  // namespace ds::codec
