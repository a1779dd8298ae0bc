#include <algorithm>
#include <array>

#include <fmt/core.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include "codec/packing.hpp"

/// Our members carry their sizes in an extra field (RFC 1952 section 2.3.1.1), which other programs
/// skip; they are packed and unpacked whole by ISA-L. Members without it, from other tools, are
/// streamed through zlib.
namespace ds::codec::gzip {
namespace {

// Magic, deflate, "has an extra field", no time, no hint, unknown system; 12 bytes of extra: "DS",
// 8 bytes long.
constexpr std::array<unsigned char, 16> our_header{0x1f, 0x8b, 8,  4, 0,   0,   0, 0,
                                                   0,    0xff, 12, 0, 'D', 'S', 8, 0};
constexpr std::size_t our_header_bytes = our_header.size() + 8;  // then packed and plain size
constexpr std::size_t trailer_bytes = 8;

Error damaged(std::string_view what) {
    return fail(Code::corrupt, fmt::format("gzip data is damaged: {}", what));
}

unsigned char* raw(Room bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
/// ISA-L and zlib take input through pointers to non-const, but only read it.
unsigned char* raw(View bytes) {
    return raw(Room{const_cast<std::byte*>(bytes.data()), bytes.size()});
}

bool is_ours(View head) {
    return head.size() >= our_header_bytes &&
           std::equal(our_header.begin(), our_header.end(), head.begin(),
                      [](unsigned char wanted, std::byte is) { return std::byte{wanted} == is; });
}

struct Sizes {
    std::uint32_t packed_bytes;  // the whole member
    std::uint32_t plain_bytes;
};

Sizes sizes_of(View our_member) {
    return {load_le32(our_member.data() + our_header.size()),
            load_le32(our_member.data() + our_header.size() + 4)};
}

class GzipSplitter final : public Splitter {
public:
    explicit GzipSplitter(stream::SourcePtr packed) : in_{std::move(packed)} {}
    ~GzipSplitter() override {
        if (ready_) inflateEnd(&stream_);
    }

    Result<bool> next(Bytes& block) override {
        if (streaming_) return stream_on(block);
        DS_TRY(const auto head, in_.peek(our_header_bytes));
        if (head.empty()) {
            if (!any_member_) return fail(Code::corrupt, "compressed data is empty");
            return false;
        }
        any_member_ = true;
        if (!is_ours(head)) {
            DS_DO(begin_streaming());
            return stream_on(block);
        }
        const auto sizes = sizes_of(head);
        if (sizes.plain_bytes > whole_frame_plain_bytes_max ||
            sizes.packed_bytes > packed_bytes_max(sizes.plain_bytes) ||
            sizes.packed_bytes < our_header_bytes + trailer_bytes) {
            return damaged("a member has impossible sizes");
        }
        DS_DO(in_.take(block, sizes.packed_bytes));
        mark_packed(block);
        return true;
    }

private:
    PackedReader in_;
    bool any_member_ = false;
    bool streaming_ = false;
    bool ready_ = false;
    z_stream stream_{};

    Status begin_streaming() {
        constexpr int gzip_only = 15 + 16;
        if (!ready_) {
            DS_CHECK(inflateInit2(&stream_, gzip_only) == Z_OK, "memory for a zlib context");
            ready_ = true;
        } else {
            inflateReset(&stream_);
        }
        streaming_ = true;
        return {};
    }

    Result<bool> stream_on(Bytes& block) {
        block.resize(streamed_piece_bytes);
        stream_.next_out = raw(Room{block});
        stream_.avail_out = static_cast<unsigned>(block.size());
        while (streaming_ && stream_.avail_out > 0) {
            DS_TRY(const auto packed, in_.peek(1));
            stream_.next_in = raw(packed);
            stream_.avail_in = static_cast<unsigned>(packed.size());
            const int result = inflate(&stream_, Z_NO_FLUSH);
            in_.skip(packed.size() - stream_.avail_in);
            if (result == Z_BUF_ERROR && packed.empty()) return ends_within_frame();
            if (result != Z_OK && result != Z_STREAM_END) {
                return damaged(stream_.msg != nullptr ? stream_.msg : "no member can be read");
            }
            streaming_ = result != Z_STREAM_END;
        }
        block.resize(block.size() - stream_.avail_out);
        mark_plain(block);
        return true;
    }
};

/// What ISA-L needs to pack one member.
struct PackRoom {
    isal_zstream stream;
    std::array<std::uint8_t, ISAL_DEF_LVL3_DEFAULT> level_buffer;
    std::size_t member_bytes_max = frame_plain_bytes + frame_plain_bytes / 8 + 4 * KiB;
    std::unique_ptr<std::byte[]> member{new std::byte[member_bytes_max]};
};

void begin_member(PackRoom& room, int level) {
    isal_deflate_init(&room.stream);
    room.stream.level = static_cast<std::uint32_t>(level);
    room.stream.level_buf = room.level_buffer.data();
    room.stream.level_buf_size = static_cast<std::uint32_t>(room.level_buffer.size());
    room.stream.gzip_flag = IGZIP_GZIP_NO_HDR;  // the trailer is ISA-L's, the header ours
    room.stream.end_of_stream = 1;
    room.stream.flush = NO_FLUSH;
}

Status pack_member(PackRoom& room, int level, View plain, Bytes& out) {
    begin_member(room, level);
    const Room body{room.member.get(), room.member_bytes_max};
    room.stream.next_in = raw(plain);
    room.stream.avail_in = static_cast<std::uint32_t>(plain.size());
    room.stream.next_out = raw(body);
    room.stream.avail_out = static_cast<std::uint32_t>(body.size());
    const int result = isal_deflate(&room.stream);
    if (result != COMP_OK || room.stream.internal_state.state != ZSTATE_END) {
        return fail(Code::internal, fmt::format("gzip: packing failed with {}", result));
    }
    const auto packed = body.first(room.stream.total_out);
    append(out, std::as_bytes(std::span{our_header}));
    append_le32(out, static_cast<std::uint32_t>(our_header_bytes + packed.size()));
    append_le32(out, static_cast<std::uint32_t>(plain.size()));
    append(out, packed);
    return {};
}

Status unpack_member(inflate_state& state, View member, Bytes& out) {
    const auto sizes = sizes_of(member);
    out.resize(sizes.plain_bytes);
    const auto body =
        member.subspan(our_header_bytes, member.size() - our_header_bytes - trailer_bytes);
    const auto* trailer = member.data() + member.size() - trailer_bytes;
    isal_inflate_init(&state);
    state.next_in = raw(body);
    state.avail_in = static_cast<std::uint32_t>(body.size());
    state.next_out = raw(Room{out});
    state.avail_out = static_cast<std::uint32_t>(out.size());
    const int result = isal_inflate_stateless(&state);
    if (result != ISAL_DECOMP_OK) return damaged("a member cannot be unpacked");
    if (state.avail_in != 0 || state.total_out != out.size())
        return damaged("a member has another size than it says");
    if (crc32_gzip_refl(0, raw(View{out}), out.size()) != load_le32(trailer))
        return damaged("a checksum does not fit");
    if (load_le32(trailer + 4) != sizes.plain_bytes)
        return damaged("a member has another size than it says");
    return {};
}

}  // namespace

stream::WorkMaker packer(int level) {
    return [level] {
        return [level, room = std::make_shared<PackRoom>()](Bytes& in, Bytes& out) {
            return pack_member(*room, level, in, out);
        };
    };
}

std::unique_ptr<Splitter> splitter(stream::SourcePtr packed) {
    return std::make_unique<GzipSplitter>(std::move(packed));
}

stream::WorkMaker unpacker() {
    return [] {
        return [state = std::make_shared<inflate_state>()](Bytes& in, Bytes& out) {
            return unpack_member(*state, in, out);
        };
    };
}

}  // namespace ds::codec::gzip
