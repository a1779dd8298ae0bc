#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stream/ordered.hpp"
#include "stream/stream.hpp"

namespace ds::codec {

enum class Method { none, zstd, gzip, lz4 };

struct Compression {
    Method method = Method::zstd;
    int level = 3;
    /// "zstd:3" (1 to 19), "gzip:3" (1 to 3), "lz4:1" (1 to 12), "none"; without a level its
    /// default.
    static Result<Compression> parse(std::string_view text);
    /// What parse() reads, always with the level.
    std::string text() const;
    /// ".zst", ".gz", ".lz4" or "".
    std::string_view suffix() const;
    /// The program that opens it, for RESTORE.txt: "zstd -d", "gzip -d", "lz4 -d" or "".
    std::string_view unpack_command() const;
    bool operator==(const Compression&) const = default;
};

/// Plaintext bytes per independent frame: the unit of parallel compression and of random access.
/// Measured on COPY text, frames of 4 MiB cost 0.5 % against one `zstd -3` frame, 2 MiB 0.9 %, 1
/// MiB 1.9 %.
constexpr std::size_t frame_plain_bytes = 4 * MiB;

/// Compresses what is written in independent frames (zstd with content checksum and content size,
/// seek table at the end in the seekable format; gzip members that tell their size; lz4 frames with
/// content checksum and size) and hands it to `next`; finish() finishes `next` too. Method none
/// passes through. Empty input gives a valid empty stream.
Result<stream::SinkPtr> compress(const Compression& compression, stream::SinkPtr next,
                                 stream::Lanes lanes = {});

/// Where a frame lies. Offsets are within the compressed and the plain stream.
struct Frame {
    std::uint64_t packed_offset = 0;
    std::uint64_t packed_bytes = 0;
    std::uint64_t plain_offset = 0;
    std::uint64_t plain_bytes = 0;
};

/// Reads raw bytes from `offset` to the end of the object, or `bytes` of them.
using OpenRange = std::function<Result<stream::SourcePtr>(std::uint64_t offset,
                                                          std::optional<std::uint64_t> bytes)>;

/// The seek table at the end of a zstd object of `packed_bytes`; empty where there is none, as with
/// other methods and with what other tools wrote. Code::corrupt when it does not fit the object's
/// size.
Result<std::vector<Frame>> read_frames(Method method, const OpenRange& open_range,
                                       std::uint64_t packed_bytes);

/// Unpacks a whole compressed stream front to back, frames in parallel where the format tells their
/// size; also streams that other tools wrote (one big frame, concatenated members). Memory is
/// bounded, whatever the stream says. Code::corrupt: any damage that the format can show, an end
/// within a frame, bytes behind the last frame, an empty stream. The formats allow frames in a row,
/// so a cut exactly between two of them shows only in the byte count (and in a missing seek table):
/// callers who know the size compare it.
Result<stream::SourcePtr> decompress(Method method, stream::SourcePtr packed,
                                     stream::Lanes lanes = {});

/// Plaintext from `plain_offset`, `bytes` long, fetching only the frames that hold it where the
/// object has a seek table; without one it reads from the start and skips. A range that is not
/// inside the plaintext is Code::invalid, at once or when read.
Result<stream::SourcePtr> decompress_range(Method method, const OpenRange& open_range,
                                           std::uint64_t packed_bytes, std::uint64_t plain_offset,
                                           std::optional<std::uint64_t> bytes,
                                           stream::Lanes lanes = {});
/// The same with the object's `frames` as read_frames() gave them, for whoever reads many ranges.
Result<stream::SourcePtr> decompress_range(Method method, const OpenRange& open_range,
                                           std::uint64_t packed_bytes,
                                           const std::vector<Frame>& frames,
                                           std::uint64_t plain_offset,
                                           std::optional<std::uint64_t> bytes,
                                           stream::Lanes lanes = {});
/// Whether ranges can be served from these frames; otherwise every range is read from the start.
bool seekable(const std::vector<Frame>& frames);

}  // namespace ds::codec
