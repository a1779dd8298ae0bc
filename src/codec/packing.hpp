#pragma once

#include <vector>

#include "codec/codec.hpp"
#include "codec/packed_reader.hpp"

/// What a compression method gives to compress() and decompress(). Inside this folder only.
namespace ds::codec {

/// A frame that claims more plaintext than this is unpacked as a stream instead of whole, so memory
/// stays bounded.
constexpr std::uint64_t whole_frame_plain_bytes_max = 8 * MiB;
/// How much of a streamed frame is unpacked at a time.
constexpr std::size_t streamed_piece_bytes = 1 * MiB;

/// A frame that is walked over may not be longer than this for its plaintext: frames of empty
/// blocks have no end.
constexpr std::uint64_t packed_bytes_max(std::uint64_t plain_bytes) {
    return 2 * plain_bytes + MiB;
}

/// Cuts a packed stream into blocks for the workers: a whole frame still packed, or bytes of a
/// frame too large for that, unpacked already.
class Splitter {
public:
    virtual ~Splitter() = default;
    /// As OrderedSource::Fetch. The block ends in a byte that mark_* put there.
    virtual Result<bool> next(Bytes& block) = 0;

    static void mark_packed(Bytes& block) { block.push_back(std::byte{1}); }
    static void mark_plain(Bytes& block) { block.push_back(std::byte{0}); }
    /// Takes the mark off: true when packed.
    static bool take_mark(Bytes& block) {
        const bool packed = block.back() == std::byte{1};
        block.pop_back();
        return packed;
    }
};

namespace zstd {
/// Work that turns plaintext into one frame.
stream::WorkMaker packer(int level);
/// `expected`: when not empty, exactly these frames must follow each other.
std::unique_ptr<Splitter> splitter(stream::SourcePtr packed, std::vector<Frame> expected = {});
/// Work that turns one whole frame into plaintext.
stream::WorkMaker unpacker();
}  // namespace zstd

namespace gzip {
stream::WorkMaker packer(int level);
std::unique_ptr<Splitter> splitter(stream::SourcePtr packed);
stream::WorkMaker unpacker();
}  // namespace gzip

namespace lz4 {
stream::WorkMaker packer(int level);
std::unique_ptr<Splitter> splitter(stream::SourcePtr packed);
stream::WorkMaker unpacker();
}  // namespace lz4

/// The splitter's blocks through the unpackers, in order.
stream::SourcePtr unpack(std::unique_ptr<Splitter> splitter, const stream::WorkMaker& make_unpacker,
                         stream::Lanes lanes);

}  // namespace ds::codec
