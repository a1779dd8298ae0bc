#pragma once

#include <algorithm>

#include "crypto/age.hpp"
#include "sys/random.hpp"

/// Sealed objects in memory, for tests.
namespace ds::crypto::testing {

/// An OpenRange over bytes in memory that are not checked against the object's stated size.
inline OpenRange range_of(Bytes object) {
    return
        [object = std::make_shared<const Bytes>(std::move(object))](
            std::uint64_t offset, std::optional<std::uint64_t> bytes) -> Result<stream::SourcePtr> {
            const auto begin = std::min<std::uint64_t>(offset, object->size());
            const auto count =
                std::min<std::uint64_t>(object->size() - begin, bytes.value_or(UINT64_MAX));
            const auto part = View{*object}.subspan(begin, count);
            return std::make_unique<stream::MemorySource>(Bytes{part.begin(), part.end()});
        };
}

/// Seals `plain`, written in pieces of `piece_bytes`.
inline Result<Bytes> seal_bytes(const std::vector<Recipient>& recipients, View plain,
                                std::size_t piece_bytes = 100'000) {
    Bytes sealed;
    DS_TRY(const auto sink, seal(recipients, std::make_unique<stream::MemorySink>(sealed)));
    while (!plain.empty()) {
        const auto piece = plain.first(std::min(piece_bytes, plain.size()));
        DS_DO(sink->write(piece));
        plain = plain.subspan(piece.size());
    }
    DS_DO(sink->finish());
    return sealed;
}

inline Result<Bytes> open_bytes(const std::vector<Identity>& identities, const Bytes& object,
                                std::uint64_t offset = 0, std::optional<std::uint64_t> bytes = {}) {
    DS_TRY(const auto sealed, Sealed::open(range_of(object), object.size(), identities));
    DS_TRY(const auto plain, sealed.read(offset, bytes));
    return stream::read_all(*plain, GiB);
}

inline Recipient recipient_of(const Identity& identity) {
    return Recipient::parse(identity.recipient()).value();
}

}  // namespace ds::crypto::testing
