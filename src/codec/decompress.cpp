#include <algorithm>
#include <bit>

#include "codec/packing.hpp"

namespace ds::codec {
namespace {

/// `skip` bytes less at the start, and of what follows `bytes` or all.
class Slice final : public stream::Source {
public:
    Slice(stream::SourcePtr whole, std::uint64_t skip, std::optional<std::uint64_t> bytes)
        : whole_{std::move(whole)}, skip_{skip}, left_{bytes} {}

    Result<std::size_t> read(Room room) override {
        DS_DO(skip_on());
        if (left_) room = room.first(std::min<std::uint64_t>(room.size(), *left_));
        if (room.empty()) return 0;
        DS_TRY(const auto got, whole_->read(room));
        if (left_ && got == 0) return outside();
        if (left_) *left_ -= got;
        return got;
    }

private:
    stream::SourcePtr whole_;
    std::uint64_t skip_;
    std::optional<std::uint64_t> left_;

    Status skip_on() {
        if (skip_ == 0) return {};
        Bytes passed(256 * KiB);
        while (skip_ > 0) {
            DS_TRY(const auto got,
                   whole_->read(Room{passed}.first(std::min<std::uint64_t>(skip_, passed.size()))));
            if (got == 0) return outside();
            skip_ -= got;
        }
        return {};
    }

    static Error outside() { return fail(Code::invalid, "range is not inside the plaintext"); }
};

/// Offsets are computed from the table, and nothing but the frames themselves proves what it says
/// of frames that are not read. So only a table of the shape that compress() makes is relied upon:
/// equal frames of a power of two.
bool regular(const std::vector<Frame>& frames) {
    const auto bytes = frames.front().plain_bytes;
    return frames.size() == 1 ||
           (std::has_single_bit(bytes) && frames.back().plain_bytes <= bytes &&
            std::all_of(frames.begin(), frames.end() - 1,
                        [&](const Frame& frame) { return frame.plain_bytes == bytes; }));
}

Result<stream::SourcePtr> frames_range(const OpenRange& open_range,
                                       const std::vector<Frame>& frames, std::uint64_t offset,
                                       std::optional<std::uint64_t> bytes, stream::Lanes lanes) {
    const auto plain_bytes = frames.back().plain_offset + frames.back().plain_bytes;
    if (offset > plain_bytes || bytes.value_or(0) > plain_bytes - offset) {
        return fail(Code::invalid, "range is not inside the plaintext");
    }
    const auto end = bytes ? offset + *bytes : plain_bytes;
    if (offset == end && offset > 0) return std::make_unique<stream::MemorySource>(Bytes{});
    const auto holds = [](std::uint64_t at) {
        return [at](const Frame& one) { return at < one.plain_offset + one.plain_bytes; };
    };
    const auto first =
        std::min(std::find_if(frames.begin(), frames.end(), holds(offset)), frames.end() - 1);
    const auto last =
        std::min(std::find_if(first, frames.end(), holds(std::max<std::uint64_t>(end, 1) - 1)),
                 frames.end() - 1);
    const auto packed_end = last->packed_offset + last->packed_bytes;
    DS_TRY(auto packed, open_range(first->packed_offset, packed_end - first->packed_offset));
    lanes.threads =
        static_cast<unsigned>(std::min<std::ptrdiff_t>(lanes.threads, last - first + 1));
    auto whole =
        unpack(zstd::splitter(std::move(packed), {first, last + 1}), zstd::unpacker(), lanes);
    return std::make_unique<Slice>(std::move(whole), offset - first->plain_offset, end - offset);
}

}  // namespace

stream::SourcePtr unpack(std::unique_ptr<Splitter> splitter, const stream::WorkMaker& make_unpacker,
                         stream::Lanes lanes) {
    const auto fetch = [shared = std::shared_ptr<Splitter>{std::move(splitter)}](Bytes& block) {
        return shared->next(block);
    };
    const auto make_work = [make_unpacker] {
        return [work = make_unpacker()](Bytes& in, Bytes& out) -> Status {
            if (Splitter::take_mark(in)) return work(in, out);
            out.swap(in);
            return {};
        };
    };
    return std::make_unique<stream::OrderedSource>(lanes, fetch, make_work);
}

Result<stream::SourcePtr> decompress(Method method, stream::SourcePtr packed, stream::Lanes lanes) {
    switch (method) {
        case Method::zstd:
            return unpack(zstd::splitter(std::move(packed)), zstd::unpacker(), lanes);
        case Method::gzip:
            return unpack(gzip::splitter(std::move(packed)), gzip::unpacker(), lanes);
        case Method::lz4: return unpack(lz4::splitter(std::move(packed)), lz4::unpacker(), lanes);
        case Method::none: break;
    }
    return packed;
}

Result<stream::SourcePtr> decompress_range(Method method, const OpenRange& open_range,
                                           std::uint64_t packed_bytes, std::uint64_t plain_offset,
                                           std::optional<std::uint64_t> bytes,
                                           stream::Lanes lanes) {
    DS_TRY(const auto frames, read_frames(method, open_range, packed_bytes));
    return decompress_range(method, open_range, packed_bytes, frames, plain_offset, bytes, lanes);
}

Result<stream::SourcePtr> decompress_range(Method method, const OpenRange& open_range,
                                           std::uint64_t packed_bytes,
                                           const std::vector<Frame>& frames,
                                           std::uint64_t plain_offset,
                                           std::optional<std::uint64_t> bytes,
                                           stream::Lanes lanes) {
    if (method == Method::none) {
        if (plain_offset > packed_bytes || bytes.value_or(0) > packed_bytes - plain_offset) {
            return fail(Code::invalid, "range is not inside the plaintext");
        }
        return open_range(plain_offset, bytes);
    }
    if (seekable(frames)) return frames_range(open_range, frames, plain_offset, bytes, lanes);
    DS_TRY(auto packed, open_range(0, packed_bytes));
    DS_TRY(auto whole, decompress(method, std::move(packed), lanes));
    return std::make_unique<Slice>(std::move(whole), plain_offset, bytes);
}

bool seekable(const std::vector<Frame>& frames) { return !frames.empty() && regular(frames); }

}  // namespace ds::codec
