#include <algorithm>

#include <fmt/core.h>
#include <xxhash.h>
#include <zstd.h>

#include "codec/packing.hpp"
#include "codec/seek_table.hpp"

namespace ds::codec::zstd {
namespace {

constexpr std::uint32_t frame_magic = 0xFD2FB528;
constexpr std::uint32_t skippable_magic = 0x184D2A50, skippable_mask = 0xFFFFFFF0;
constexpr std::size_t frame_header_bytes_max = 18;
constexpr std::size_t block_bytes_max = 128 * KiB;
constexpr int window_log_max = 27;  // 128 MiB: what the zstd program accepts without being asked

template <auto free_function>
struct FreeWith {
    template <class T>
    void operator()(T* item) const {
        free_function(item);
    }
};
using Packer = std::unique_ptr<ZSTD_CCtx, FreeWith<ZSTD_freeCCtx>>;
using Unpacker = std::unique_ptr<ZSTD_DCtx, FreeWith<ZSTD_freeDCtx>>;

Error damaged(std::string_view what) {
    return fail(Code::corrupt, fmt::format("zstd data is damaged: {}", what));
}

/// The fields of RFC 8878 section 3.1.1.1 that tell how to walk over a frame.
struct FrameHeader {
    std::size_t bytes = 0;
    std::optional<std::uint64_t> content_bytes;
    bool checksum = false;
};

Result<FrameHeader> parse_frame_header(View head) {
    if (head.size() < 5) return ends_within_frame();
    const auto descriptor = std::to_integer<unsigned>(head[4]);
    const bool single_segment = (descriptor & 0x20) != 0;
    constexpr std::size_t dictionary_sizes[]{0, 1, 2, 4}, content_sizes[]{0, 2, 4, 8};
    const auto dictionary_bytes = dictionary_sizes[descriptor & 3];
    const auto content_field =
        descriptor >> 6 == 0 && single_segment ? 1 : content_sizes[descriptor >> 6];
    FrameHeader header;
    header.bytes = 5 + (single_segment ? 0U : 1U) + dictionary_bytes + content_field;
    header.checksum = (descriptor & 4) != 0;
    if (head.size() < header.bytes) return ends_within_frame();
    std::uint64_t content = content_field == 2 ? 256 : 0;
    for (std::size_t i = 0; i < content_field; ++i) {
        content += std::to_integer<std::uint64_t>(head[header.bytes - content_field + i]) << 8 * i;
    }
    if (content_field > 0) header.content_bytes = content;
    return header;
}

class RunningHash {
public:
    RunningHash() { DS_CHECK(state_ != nullptr, "memory for a hash"), restart(); }
    void restart() { XXH64_reset(state_.get(), 0); }
    void add(View bytes) { XXH64_update(state_.get(), bytes.data(), bytes.size()); }
    std::uint64_t value() const { return XXH64_digest(state_.get()); }

private:
    std::unique_ptr<XXH64_state_t, FreeWith<XXH64_freeState>> state_{XXH64_createState()};
};

/// Keeps what a seek table must say about the frames that went by, in constant memory.
class TableCheck {
public:
    void add(const SeekEntry& entry) {
        Bytes bytes;
        append_entry(bytes, entry);
        hash_.add(bytes);
        ++frames_;
    }
    /// A frame went by whose entry we cannot know.
    void give_up() { known_ = false; }
    void restart() {
        hash_.restart();
        frames_ = 0;
        known_ = true;
    }
    bool known() const { return known_; }
    bool fits(std::uint64_t frames, std::uint64_t entries_hash) const {
        return frames == frames_ && entries_hash == hash_.value();
    }

private:
    RunningHash hash_;
    std::uint64_t frames_ = 0;
    bool known_ = true;
};

class ZstdSplitter final : public Splitter {
public:
    ZstdSplitter(stream::SourcePtr packed, std::vector<Frame> expected)
        : in_{std::move(packed)}, expected_{std::move(expected)} {}

    Result<bool> next(Bytes& block) override {
        for (;;) {
            if (streaming_) return stream_on(block);
            DS_TRY(const auto head, in_.peek(frame_header_bytes_max));
            if (head.empty()) return at_end();
            if (head.size() < 4) return ends_within_frame();
            const auto magic = load_le32(head.data());
            if ((magic & skippable_mask) == skippable_magic) {
                DS_DO(skip_frame(head));
                continue;
            }
            if (magic != frame_magic) return damaged("no frame begins where one should");
            DS_TRY(const auto header, parse_frame_header(head));
            any_frame_ = true;
            if (header.content_bytes && *header.content_bytes <= whole_frame_plain_bytes_max) {
                return take_frame(header, block);
            }
            DS_DO(begin_streaming());
        }
    }

private:
    PackedReader in_;
    std::vector<Frame> expected_;
    std::size_t expected_at_ = 0;
    TableCheck table_;
    bool any_frame_ = false;
    bool streaming_ = false;
    Unpacker stream_;

    Result<bool> at_end() const {
        if (!any_frame_) return fail(Code::corrupt, "compressed data is empty");
        if (expected_at_ < expected_.size()) return damaged("frames are missing");
        return false;
    }

    /// Walks from block to block, which needs no unpacking.
    Result<bool> take_frame(const FrameHeader& header, Bytes& block) {
        const auto content_bytes = *header.content_bytes;
        DS_DO(in_.take(block, header.bytes));
        for (bool last = false; !last;) {
            DS_TRY(const auto head, in_.peek(3));
            if (head.size() < 3) return ends_within_frame();
            const auto bits = std::to_integer<std::size_t>(head[0]) |
                              std::to_integer<std::size_t>(head[1]) << 8 |
                              std::to_integer<std::size_t>(head[2]) << 16;
            last = (bits & 1) != 0;
            const auto type = bits >> 1 & 3, bytes = bits >> 3;
            if (type == 3 || bytes > block_bytes_max)
                return damaged("a block has an impossible header");
            constexpr std::size_t repeated_byte = 1;
            DS_DO(in_.take(block, 3 + (type == repeated_byte ? 1 : bytes)));
            if (block.size() > packed_bytes_max(content_bytes))
                return damaged("a frame is too long");
        }
        if (header.checksum) DS_DO(in_.take(block, 4));
        DS_DO(note_frame(header, block));
        mark_packed(block);
        return true;
    }

    Status note_frame(const FrameHeader& header, const Bytes& frame) {
        if (!expected_.empty()) {
            if (expected_at_ == expected_.size() ||
                expected_[expected_at_].plain_bytes != *header.content_bytes) {
                return damaged("a frame is not the one that the seek table names");
            }
            ++expected_at_;
        }
        if (!header.checksum) table_.give_up();
        // A frame's own checksum is the very number that the table has.
        const auto checksum = load_le32(frame.data() + frame.size() - 4);
        table_.add({static_cast<std::uint32_t>(frame.size()),
                    static_cast<std::uint32_t>(*header.content_bytes), checksum});
        return {};
    }

    Status begin_streaming() {
        if (!expected_.empty()) return damaged("a frame is not the one that the seek table names");
        table_.give_up();
        streaming_ = true;
        if (stream_ == nullptr) stream_.reset(ZSTD_createDCtx());
        DS_CHECK(stream_ != nullptr, "memory for a zstd context");
        ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only);
        ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, window_log_max);
        return {};
    }

    Result<bool> stream_on(Bytes& block) {
        block.resize(streamed_piece_bytes);
        ZSTD_outBuffer out{block.data(), block.size(), 0};
        while (streaming_ && out.pos < out.size) {
            DS_TRY(const auto packed, in_.peek(1));
            ZSTD_inBuffer in{packed.data(), packed.size(), 0};
            const auto before = out.pos;
            const auto left = ZSTD_decompressStream(stream_.get(), &out, &in);
            if (ZSTD_isError(left) != 0) return damaged(ZSTD_getErrorName(left));
            in_.skip(in.pos);
            streaming_ = left != 0;
            if (streaming_ && packed.empty() && out.pos == before) return ends_within_frame();
        }
        block.resize(out.pos);
        mark_plain(block);
        return true;
    }

    Status skip_frame(View head) {
        if (head.size() < 8) return ends_within_frame();
        const bool table = load_le32(head.data()) == seek_table_magic;
        const std::uint64_t bytes = load_le32(head.data() + 4);
        in_.skip(8);
        const auto footer_bytes =
            table ? std::min<std::uint64_t>(bytes, seek_table_footer_bytes) : 0;
        RunningHash hash;
        for (auto left = bytes - footer_bytes; left > 0;) {
            DS_TRY(const auto content, in_.peek(1));
            if (content.empty()) return ends_within_frame();
            const auto part = content.first(std::min<std::uint64_t>(left, content.size()));
            if (table) hash.add(part);
            in_.skip(part.size());
            left -= part.size();
        }
        return table ? check_table(bytes, footer_bytes, hash.value()) : Status{};
    }

    Status check_table(std::uint64_t bytes, std::uint64_t footer_bytes,
                       std::uint64_t entries_hash) {
        Bytes footer_raw;
        DS_DO(in_.take(footer_raw, footer_bytes));
        const auto footer = parse_footer(footer_raw);
        if (!footer) return damaged("the seek table's end is not one");
        const std::uint64_t entry_bytes =
            footer->checksums ? seek_entry_bytes : seek_entry_bytes - 4;
        if (bytes != footer->frames * entry_bytes + seek_table_footer_bytes) {
            return damaged("the seek table has a wrong size");
        }
        if (table_.known() && footer->checksums && !table_.fits(footer->frames, entries_hash)) {
            return damaged("the seek table names other frames than there are");
        }
        table_.restart();
        return {};
    }
};

}  // namespace

stream::WorkMaker packer(int level) {
    return [level] {
        const std::shared_ptr<ZSTD_CCtx> context = Packer{ZSTD_createCCtx()};
        DS_CHECK(context != nullptr, "memory for a zstd context");
        ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
        ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
        const auto room_bytes = ZSTD_compressBound(frame_plain_bytes);
        // Packed here and copied, because a vector's room would be zeroed first, and that is more
        // bytes.
        const std::shared_ptr<std::byte[]> room{new std::byte[room_bytes]};
        return [=](Bytes& in, Bytes& out) -> Status {
            const auto bytes =
                ZSTD_compress2(context.get(), room.get(), room_bytes, in.data(), in.size());
            if (ZSTD_isError(bytes) != 0)
                return fail(Code::internal, fmt::format("zstd: {}", ZSTD_getErrorName(bytes)));
            out.assign(room.get(), room.get() + bytes);
            return {};
        };
    };
}

std::unique_ptr<Splitter> splitter(stream::SourcePtr packed, std::vector<Frame> expected) {
    return std::make_unique<ZstdSplitter>(std::move(packed), std::move(expected));
}

stream::WorkMaker unpacker() {
    return [] {
        const std::shared_ptr<ZSTD_DCtx> context = Unpacker{ZSTD_createDCtx()};
        DS_CHECK(context != nullptr, "memory for a zstd context");
        return [=](Bytes& in, Bytes& out) -> Status {
            DS_TRY(const auto header, parse_frame_header(in));
            out.resize(*header.content_bytes);
            const auto bytes =
                ZSTD_decompressDCtx(context.get(), out.data(), out.size(), in.data(), in.size());
            if (ZSTD_isError(bytes) != 0) return damaged(ZSTD_getErrorName(bytes));
            if (bytes != out.size()) return damaged("a frame holds less than it says");
            return {};
        };
    };
}

}  // namespace ds::codec::zstd
