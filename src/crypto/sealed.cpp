#include <algorithm>
#include <cstring>

#include "crypto/age.hpp"
#include "crypto/age_header.hpp"
#include "crypto/age_payload.hpp"

namespace ds::crypto {
namespace {

/// Where a block of sealed chunks belongs, and what of its plaintext was asked for.
struct Place {
    std::uint64_t first_chunk;
    std::uint64_t skip;
    std::uint64_t keep;
    bool final;  // the block's last chunk must be the file's last
};

constexpr std::uint64_t search_chunks = 16;  // how far to look for where a chunk belongs

/// Says what is wrong with a chunk that does not open in its place.
Error diagnose(Aead& aead, View sealed, std::uint64_t chunk, bool final, Room scratch) {
    if (aead.open(chunk_nonce(chunk, !final), sealed, scratch)) {
        return final ? fail(Code::corrupt,
                            fmt::format("cut short: what followed chunk {} is missing", chunk))
                     : fail(Code::corrupt,
                            fmt::format("there are bytes behind the final chunk {}", chunk));
    }
    for (auto other = chunk - std::min(chunk, search_chunks); other <= chunk + search_chunks;
         ++other) {
        for (const bool end : {false, true}) {
            if (aead.open(chunk_nonce(other, end), sealed, scratch)) {
                return fail(Code::corrupt,
                            fmt::format("chunk {} stands in the place of chunk {}", other, chunk));
            }
        }
    }
    return fail(Code::corrupt, fmt::format("chunk {} is damaged", chunk));
}

/// Opens a block's chunks and closes the gaps that their tags leave.
Status open_block(Aead& aead, Room scratch, Bytes& in, Bytes& out) {
    const auto place = pop_tail<Place>(in);
    auto chunk = place.first_chunk;
    std::size_t plain_bytes = 0;
    for (View rest{in}; !rest.empty(); ++chunk) {
        const auto sealed = rest.first(std::min(rest.size(), chunk_sealed_bytes));
        rest = rest.subspan(sealed.size());
        const bool final = place.final && rest.empty();
        if (!aead.open(chunk_nonce(chunk, final), sealed, scratch)) {
            return diagnose(aead, sealed, chunk, final, scratch);
        }
        std::memcpy(in.data() + plain_bytes, scratch.data(), sealed.size() - Aead::tag_bytes);
        plain_bytes += sealed.size() - Aead::tag_bytes;
    }
    in.resize(place.skip + place.keep);
    in.erase(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(place.skip));
    out.swap(in);
    return {};
}

stream::WorkMaker make_opener(const Key32& key) {
    return [key] {
        return [aead = std::make_shared<Aead>(key), scratch = Bytes(chunk_plain_bytes)](
                   Bytes& in, Bytes& out) mutable { return open_block(*aead, scratch, in, out); };
    };
}

/// Cuts the raw bytes of a run of chunks into blocks.
struct Blocks {
    std::shared_ptr<stream::Source> raw;
    std::uint64_t raw_bytes;  // still to come
    std::uint64_t chunk;      // the next one
    std::uint64_t offset;     // plaintext asked for: from here
    std::uint64_t end;        // to here
    bool to_the_end;          // of the object, so the last chunk must be final

    Result<bool> next(Bytes& block) {
        if (raw_bytes == 0) return false;
        const auto bytes =
            std::min<std::uint64_t>(raw_bytes, chunks_per_block * chunk_sealed_bytes);
        block.reserve(bytes + sizeof(Place));
        block.resize(bytes);
        DS_TRY(const auto got, stream::read_full(*raw, block));
        if (got < bytes) return fail(Code::corrupt, "object is shorter than its stated size");
        raw_bytes -= bytes;
        const auto begin = chunk * chunk_plain_bytes;
        const auto chunks = (bytes + chunk_sealed_bytes - 1) / chunk_sealed_bytes;
        const auto skip = offset - std::min(offset, begin);
        const auto keep_end = std::min(end, begin + bytes - chunks * Aead::tag_bytes);
        push_tail(block, Place{chunk, skip, keep_end - begin - skip, to_the_end && raw_bytes == 0});
        chunk += chunks;
        offset = std::max(offset, keep_end);
        return true;
    }
};

/// The beginning of the object, long enough to hold the header and the nonce.
Result<Bytes> read_beginning(const OpenRange& open_range, std::uint64_t object_bytes) {
    Bytes beginning;
    // Nearly every header is small; only one that is not costs a second request.
    for (const std::size_t wanted : {4 * KiB, AgeHeader::bytes_max + payload_nonce_bytes}) {
        const auto bytes = std::min<std::uint64_t>(wanted, object_bytes);
        DS_TRY(const auto source, open_range(0, bytes));
        beginning.resize(bytes);
        DS_TRY(const auto got, stream::read_full(*source, beginning));
        if (got < bytes) return fail(Code::corrupt, "object is shorter than its stated size");
        const auto end = AgeHeader::end_in(text_of(beginning));
        if (bytes == object_bytes ||
            (end != std::string_view::npos && end + payload_nonce_bytes <= bytes))
            break;
    }
    return beginning;
}

/// Size of the plaintext in a payload of `sealed_bytes` behind the nonce.
Result<std::uint64_t> plain_size(std::uint64_t sealed_bytes) {
    const auto chunks = (sealed_bytes + chunk_sealed_bytes - 1) / chunk_sealed_bytes;
    const auto last_bytes = chunks == 0 ? 0 : sealed_bytes - (chunks - 1) * chunk_sealed_bytes;
    const auto last_bytes_min = Aead::tag_bytes + (chunks > 1 ? 1 : 0);
    if (last_bytes < last_bytes_min)
        return fail(Code::corrupt, "cut short: it ends within a chunk");
    return sealed_bytes - chunks * Aead::tag_bytes;
}

}  // namespace

Result<Sealed> Sealed::open(OpenRange open_range, std::uint64_t object_bytes,
                            const std::vector<Identity>& identities) {
    DS_TRY(const auto beginning, read_beginning(open_range, object_bytes));
    const auto text = text_of(beginning);
    const auto header_bytes = std::min(AgeHeader::end_in(text), text.size());
    DS_TRY(const auto header, AgeHeader::parse(text.substr(0, header_bytes)));
    if (object_bytes < header_bytes + payload_nonce_bytes)
        return fail(Code::corrupt, "cut short: it ends behind the header");
    DS_TRY(const auto file_key, header.unwrap(identities));
    Sealed sealed;
    sealed.open_range_ = std::move(open_range);
    sealed.object_bytes_ = object_bytes;
    sealed.payload_offset_ = header_bytes + payload_nonce_bytes;
    sealed.payload_key_ =
        payload_key(file_key.view(), View{beginning}.subspan(header_bytes, payload_nonce_bytes));
    DS_TRY_AS(plain, sealed.plain_bytes_, plain_size(object_bytes - sealed.payload_offset_));
    return sealed;
}

Result<stream::SourcePtr> Sealed::read(std::uint64_t offset, std::optional<std::uint64_t> bytes,
                                       stream::Lanes lanes) const {
    if (offset > plain_bytes_ || bytes.value_or(0) > plain_bytes_ - offset) {
        return fail(Code::invalid, fmt::format("range from {} is not inside the {} plain bytes",
                                               offset, plain_bytes_));
    }
    const auto end = bytes ? offset + *bytes : plain_bytes_;
    if (offset == end && end < plain_bytes_) return std::make_unique<stream::MemorySource>(Bytes{});
    const auto chunk_of_last = [](std::uint64_t plain_end) {
        return (std::max<std::uint64_t>(plain_end, 1) - 1) / chunk_plain_bytes;
    };
    const auto final_chunk = chunk_of_last(plain_bytes_);
    const auto first = std::min(offset / chunk_plain_bytes, final_chunk);
    const auto last = chunk_of_last(end);
    const auto raw_begin = payload_offset_ + first * chunk_sealed_bytes;
    const auto raw_end =
        last == final_chunk ? object_bytes_ : payload_offset_ + (last + 1) * chunk_sealed_bytes;
    DS_TRY(auto raw, open_range_(raw_begin, raw_end - raw_begin));
    Blocks blocks{std::move(raw), raw_end - raw_begin, first, offset, end, last == final_chunk};
    const auto blocks_count = (last - first) / chunks_per_block + 1;
    lanes.threads = static_cast<unsigned>(std::min<std::uint64_t>(lanes.threads, blocks_count));
    return std::make_unique<stream::OrderedSource>(
        lanes, [blocks](Bytes& block) mutable { return blocks.next(block); },
        make_opener(payload_key_));
}

}  // namespace ds::crypto
