#include "archive/reader.hpp"

#include <algorithm>
#include <list>

#include <fmt/format.h>

namespace ds::archive {
namespace {

constexpr std::size_t json_part_bytes_max = 512 * MiB;  // an index of a million tables
constexpr stream::Lanes read_lanes{2, 4};
constexpr std::size_t kept_frames_max = 4;
constexpr std::uint64_t short_range_bytes_max = 256 * KiB;

struct KeptFrame {
    std::size_t index = 0;
    std::shared_ptr<const Bytes> plain;
};

}  // namespace

/// A part whose seal was opened and whose frame table was read; both are needed once, however many
/// ranges are read.
struct Reader::Opened {
    codec::Method method{};
    codec::OpenRange packed;
    std::uint64_t packed_bytes = 0;
    std::vector<codec::Frame> frames;

    std::mutex mutex;
    std::list<KeptFrame> kept;  // most recently used first

    bool seekable() const { return codec::seekable(frames); }
    std::uint64_t plain_bytes() const {
        return frames.back().plain_offset + frames.back().plain_bytes;
    }

    Result<stream::SourcePtr> read(std::uint64_t offset, std::optional<std::uint64_t> bytes) const {
        return codec::decompress_range(method, packed, packed_bytes, frames, offset, bytes,
                                       read_lanes);
    }

    /// Readers of the same frame wait for the first of them instead of unpacking it again.
    Result<std::shared_ptr<const Bytes>> frame(std::size_t index) {
        const std::lock_guard lock{mutex};
        const auto found =
            std::find_if(kept.begin(), kept.end(), [&](const auto& k) { return k.index == index; });
        if (found != kept.end()) {
            kept.splice(kept.begin(), kept, found);
            return found->plain;
        }
        DS_TRY(const auto source, read(frames[index].plain_offset, frames[index].plain_bytes));
        DS_TRY(auto plain, stream::read_all(*source, frames[index].plain_bytes));
        kept.push_front({index, std::make_shared<const Bytes>(std::move(plain))});
        if (kept.size() > kept_frames_max) kept.pop_back();
        return kept.front().plain;
    }
};

Result<codec::OpenRange> open_seal(const PartRecord& record, codec::OpenRange raw,
                                   const std::vector<crypto::Identity>& identities,
                                   std::uint64_t& packed_bytes) {
    packed_bytes = record.bytes;
    if (!record.sealed) return raw;
    if (identities.empty()) {
        return fail(
            Code::unauthenticated,
            fmt::format("{} is encrypted and no key was given", record.object),
            "Give the file with the identity: --identity key.txt (or DUMPSTATION_IDENTITY_FILE).");
    }
    DS_TRY(auto sealed, crypto::Sealed::open(std::move(raw), record.bytes, identities));
    packed_bytes = sealed.plain_bytes();
    auto shared = std::make_shared<crypto::Sealed>(std::move(sealed));
    return codec::OpenRange{[shared](std::uint64_t offset, std::optional<std::uint64_t> bytes) {
        return shared->read(offset, bytes, read_lanes);
    }};
}

Reader::Reader(stores::Store& store, Stored stored, std::vector<crypto::Identity> identities)
    : store_{store}, stored_{std::move(stored)}, identities_{std::move(identities)} {}

Reader::~Reader() = default;

namespace {

/// A short range, copied from kept frames.
template <class Part>
Result<stream::SourcePtr> short_range(Part& part, std::uint64_t offset, std::uint64_t bytes) {
    if (offset > part.plain_bytes() || bytes > part.plain_bytes() - offset) {
        return fail(Code::invalid, "range is not inside the plaintext");
    }
    Bytes copied;
    copied.reserve(bytes);
    const auto holds = [&](const codec::Frame& frame) {
        return offset < frame.plain_offset + frame.plain_bytes;
    };
    auto frame = std::find_if(part.frames.begin(), part.frames.end(), holds);
    for (; copied.size() < bytes; ++frame) {
        DS_TRY(const auto plain, part.frame(static_cast<std::size_t>(frame - part.frames.begin())));
        const auto from = offset + copied.size() - frame->plain_offset;
        append(copied,
               View{*plain}.subspan(from, std::min(plain->size() - from, bytes - copied.size())));
    }
    return std::make_unique<stream::MemorySource>(std::move(copied));
}

}  // namespace

Result<std::shared_ptr<Reader::Opened>> Reader::opened(const std::string& part) {
    const std::lock_guard lock{mutex_};
    if (const auto found = opened_.find(part); found != opened_.end()) return found->second;
    const auto* record = manifest().find(part);
    if (record == nullptr) {
        return fail(Code::not_found,
                    fmt::format("backup {} has no part '{}'", manifest().name, part),
                    "`dumpstation show` lists its parts.");
    }
    DS_TRY(const auto compression, codec::Compression::parse(record->compression));
    const auto raw = [this, key = stored_.place.key(record->object)](
                         std::uint64_t offset, std::optional<std::uint64_t> bytes) {
        return store_.open(key, {offset, bytes});
    };
    auto fresh = std::make_shared<Opened>();
    fresh->method = compression.method;
    DS_TRY(fresh->packed, open_seal(*record, raw, identities_, fresh->packed_bytes));
    DS_TRY(fresh->frames, codec::read_frames(fresh->method, fresh->packed, fresh->packed_bytes));
    opened_[part] = fresh;
    return fresh;
}

Result<stream::SourcePtr> Reader::open(const std::string& part, std::uint64_t offset,
                                       std::optional<std::uint64_t> bytes) {
    auto source = [&]() -> Result<stream::SourcePtr> {
        DS_TRY(const auto o, opened(part));
        if (offset == 0 && !bytes) {
            DS_TRY(auto packed, o->packed(0, {}));
            return codec::decompress(o->method, std::move(packed), read_lanes);
        }
        if (bytes && *bytes <= short_range_bytes_max && o->seekable())
            return short_range(*o, offset, *bytes);
        return o->read(offset, bytes);
    }();
    return std::move(source).while_doing("opening " + part);
}

Result<json::Value> Reader::read_json(const std::string& part) {
    DS_TRY(const auto source, open(part));
    DS_TRY(const auto bytes, stream::read_all(*source, json_part_bytes_max));
    return json::parse(text_of(bytes));
}

}  // namespace ds::archive
