#include "archive/reader.hpp"

#include <fmt/format.h>

namespace ds::archive {
namespace {

constexpr std::size_t json_part_bytes_max = 512 * MiB;  // an index of a million tables
constexpr stream::Lanes read_lanes{2, 4};

}  // namespace

/// A part whose seal was opened and whose frame table was read; both are needed once, however many ranges are read.
struct Reader::Opened {
    codec::Method method{};
    codec::OpenRange packed;
    std::uint64_t packed_bytes = 0;
};

Result<codec::OpenRange> open_seal(const PartRecord& record, codec::OpenRange raw,
                                   const std::vector<crypto::Identity>& identities, std::uint64_t& packed_bytes) {
    packed_bytes = record.bytes;
    if (!record.sealed) return raw;
    if (identities.empty()) {
        return fail(Code::unauthenticated, fmt::format("{} is encrypted and no key was given", record.object),
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

Result<std::shared_ptr<Reader::Opened>> Reader::opened(const std::string& part) {
    const std::lock_guard lock{mutex_};
    if (const auto found = opened_.find(part); found != opened_.end()) return found->second;
    const auto* record = manifest().find(part);
    if (record == nullptr) {
        return fail(Code::not_found, fmt::format("backup {} has no part '{}'", manifest().name, part),
                    "`dumpstation show` lists its parts.");
    }
    DS_TRY(const auto compression, codec::Compression::parse(record->compression));
    const auto raw = [this, key = stored_.place.key(record->object)](std::uint64_t offset,
                                                                     std::optional<std::uint64_t> bytes) {
        return store_.open(key, {offset, bytes});
    };
    auto fresh = std::make_shared<Opened>();
    fresh->method = compression.method;
    DS_TRY(fresh->packed, open_seal(*record, raw, identities_, fresh->packed_bytes));
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
        return codec::decompress_range(o->method, o->packed, o->packed_bytes, offset, bytes, read_lanes);
    }();
    return std::move(source).while_doing("opening " + part);
}

Result<json::Value> Reader::read_json(const std::string& part) {
    DS_TRY(const auto source, open(part));
    DS_TRY(const auto bytes, stream::read_all(*source, json_part_bytes_max));
    return json::parse(text_of(bytes));
}

}  // namespace ds::archive
