#include <algorithm>

#include <fmt/core.h>
#include <lz4frame.h>

#include "codec/packing.hpp"

namespace ds::codec::lz4 {
namespace {

constexpr std::uint32_t frame_magic = 0x184D2204, legacy_magic = 0x184C2102;
constexpr std::uint32_t skippable_magic = 0x184D2A50, skippable_mask = 0xFFFFFFF0;
constexpr std::size_t header_bytes_max = 19;

Error damaged(std::string_view what) {
    return fail(Code::corrupt, fmt::format("lz4 data is damaged: {}", what));
}

using Context = std::shared_ptr<LZ4F_dctx>;
Context make_context() {
    LZ4F_dctx* context = nullptr;
    DS_CHECK(LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)) == 0,
             "memory for an lz4 context");
    return {context, LZ4F_freeDecompressionContext};
}

/// The fields of the frame format that tell how to walk over a frame.
struct FrameHeader {
    std::size_t bytes = 0;
    std::optional<std::uint64_t> content_bytes;
    std::size_t block_bytes_max = 0;
    std::size_t block_checksum_bytes = 0;
    std::size_t content_checksum_bytes = 0;
};

Result<FrameHeader> parse_frame_header(View head) {
    if (head.size() < 7) return ends_within_frame();
    const auto flags = std::to_integer<unsigned>(head[4]),
               block_code = std::to_integer<unsigned>(head[5]) >> 4 & 7;
    if (flags >> 6 != 1 || block_code < 4) return damaged("a frame has an impossible header");
    if ((flags & 1) != 0) return damaged("a frame wants a dictionary");
    FrameHeader header;
    header.block_bytes_max = std::size_t{1} << (8 + 2 * block_code);
    header.block_checksum_bytes = (flags & 0x10) != 0 ? 4 : 0;
    header.content_checksum_bytes = (flags & 4) != 0 ? 4 : 0;
    const bool has_size = (flags & 8) != 0;
    header.bytes = has_size ? 15 : 7;
    if (head.size() < header.bytes) return ends_within_frame();
    if (has_size) {
        header.content_bytes =
            load_le32(head.data() + 6) | std::uint64_t{load_le32(head.data() + 10)} << 32;
    }
    return header;
}

class Lz4Splitter final : public Splitter {
public:
    explicit Lz4Splitter(stream::SourcePtr packed) : in_{std::move(packed)} {}

    Result<bool> next(Bytes& block) override {
        for (;;) {
            if (streaming_) return stream_on(block);
            DS_TRY(const auto head, in_.peek(header_bytes_max));
            if (head.empty()) {
                if (!any_frame_) return fail(Code::corrupt, "compressed data is empty");
                return false;
            }
            if (head.size() < 4) return ends_within_frame();
            const auto magic = load_le32(head.data());
            if ((magic & skippable_mask) == skippable_magic) {
                DS_DO(skip_frame(head));
                continue;
            }
            if (magic == legacy_magic)
                return fail(Code::unsupported, "lz4 data of the legacy format");
            if (magic != frame_magic) return damaged("no frame begins where one should");
            DS_TRY(const auto header, parse_frame_header(head));
            any_frame_ = true;
            if (header.content_bytes && *header.content_bytes <= whole_frame_plain_bytes_max) {
                return take_frame(header, block);
            }
            if (stream_ == nullptr) stream_ = make_context();
            LZ4F_resetDecompressionContext(stream_.get());
            streaming_ = true;
        }
    }

private:
    PackedReader in_;
    bool any_frame_ = false;
    bool streaming_ = false;
    Context stream_;

    /// Walks from block to block, which needs no unpacking.
    Result<bool> take_frame(const FrameHeader& header, Bytes& block) {
        DS_DO(in_.take(block, header.bytes));
        for (;;) {
            DS_DO(in_.take(block, 4));
            constexpr std::uint32_t stored_flag = 0x80000000;
            const auto bytes = load_le32(block.data() + block.size() - 4) & ~stored_flag;
            if (bytes == 0) break;
            if (bytes > header.block_bytes_max) return damaged("a block has an impossible size");
            DS_DO(in_.take(block, bytes + header.block_checksum_bytes));
            if (block.size() > packed_bytes_max(*header.content_bytes))
                return damaged("a frame is too long");
        }
        DS_DO(in_.take(block, header.content_checksum_bytes));
        mark_packed(block);
        return true;
    }

    Result<bool> stream_on(Bytes& block) {
        block.resize(streamed_piece_bytes);
        std::size_t have = 0;
        while (streaming_ && have < block.size()) {
            DS_TRY(const auto packed, in_.peek(1));
            auto in_bytes = packed.size(), out_bytes = block.size() - have;
            const auto left = LZ4F_decompress(stream_.get(), block.data() + have, &out_bytes,
                                              packed.data(), &in_bytes, nullptr);
            if (LZ4F_isError(left) != 0) return damaged(LZ4F_getErrorName(left));
            in_.skip(in_bytes);
            have += out_bytes;
            streaming_ = left != 0;
            if (streaming_ && packed.empty() && out_bytes == 0) return ends_within_frame();
        }
        block.resize(have);
        mark_plain(block);
        return true;
    }

    Status skip_frame(View head) {
        if (head.size() < 8) return ends_within_frame();
        std::size_t left = load_le32(head.data() + 4);
        in_.skip(8);
        while (left > 0) {
            DS_TRY(const auto content, in_.peek(1));
            if (content.empty()) return ends_within_frame();
            const auto part = std::min(left, content.size());
            in_.skip(part);
            left -= part;
        }
        return {};
    }
};

Status unpack_frame(LZ4F_dctx* context, View frame, Bytes& out) {
    DS_TRY(const auto header, parse_frame_header(frame));
    out.resize(*header.content_bytes);
    LZ4F_decompressOptions_t options{};
    options.stableDst = 1;  // `out` stays where it is, so nothing has to be kept for later blocks
    LZ4F_resetDecompressionContext(context);
    std::size_t have = 0;
    std::size_t left = 1;
    while (left != 0) {
        auto in_bytes = frame.size(), out_bytes = out.size() - have;
        left = LZ4F_decompress(context, out.data() + have, &out_bytes, frame.data(), &in_bytes,
                               &options);
        if (LZ4F_isError(left) != 0) return damaged(LZ4F_getErrorName(left));
        frame = frame.subspan(in_bytes);
        have += out_bytes;
        if (left != 0 && in_bytes == 0 && out_bytes == 0)
            return damaged("a frame holds more than it says");
    }
    if (!frame.empty() || have != out.size())
        return damaged("a frame has another size than it says");
    return {};
}

}  // namespace

stream::WorkMaker packer(int level) {
    return [level] {
        LZ4F_preferences_t preferences{};
        preferences.compressionLevel = level;
        preferences.frameInfo.blockSizeID = LZ4F_max4MB;
        preferences.frameInfo.blockMode = LZ4F_blockIndependent;
        preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
        preferences.frameInfo.contentSize = frame_plain_bytes;
        const auto room_bytes = LZ4F_compressFrameBound(frame_plain_bytes, &preferences);
        const std::shared_ptr<std::byte[]> room{new std::byte[room_bytes]};
        return [=](Bytes& in, Bytes& out) mutable -> Status {
            preferences.frameInfo.contentSize = in.size();
            const auto bytes =
                LZ4F_compressFrame(room.get(), room_bytes, in.data(), in.size(), &preferences);
            if (LZ4F_isError(bytes) != 0)
                return fail(Code::internal, fmt::format("lz4: {}", LZ4F_getErrorName(bytes)));
            out.assign(room.get(), room.get() + bytes);
            return {};
        };
    };
}

std::unique_ptr<Splitter> splitter(stream::SourcePtr packed) {
    return std::make_unique<Lz4Splitter>(std::move(packed));
}

stream::WorkMaker unpacker() {
    return [] {
        return [context = make_context()](Bytes& in, Bytes& out) {
            return unpack_frame(context.get(), in, out);
        };
    };
}

}  // namespace ds::codec::lz4
