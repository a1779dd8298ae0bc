#pragma once

#include <algorithm>

#include <fmt/format.h>

#include "codec/codec.hpp"

/// Compressing in memory, for tests.
namespace ds::codec::testing {

/// Text as COPY writes it: compresses, and differs everywhere.
inline Bytes copy_text(std::size_t bytes) {
    fmt::memory_buffer text;
    std::uint64_t state = 88172645463325252;
    for (std::uint64_t row = 1; text.size() < bytes; ++row) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        fmt::format_to(std::back_inserter(text),
                       "{}\t{}\t2026-08-{:02}\tcustomer {}\t{}.{:02}\t\\N\n", row,
                       state % 1'000'000, state % 28 + 1, state >> 40, state % 5000, state % 100);
    }
    const auto view = view_of({text.data(), bytes});
    return {view.begin(), view.end()};
}

inline Result<Bytes> pack(const Compression& compression, View plain,
                          std::size_t piece_bytes = 300'000, stream::Lanes lanes = {}) {
    Bytes packed;
    DS_TRY(const auto sink,
           compress(compression, std::make_unique<stream::MemorySink>(packed), lanes));
    while (!plain.empty()) {
        const auto piece = plain.first(std::min(piece_bytes, plain.size()));
        DS_DO(sink->write(piece));
        plain = plain.subspan(piece.size());
    }
    DS_DO(sink->finish());
    return packed;
}

inline Result<Bytes> unpack(Method method, Bytes packed, std::size_t bytes_max = GiB) {
    DS_TRY(const auto plain,
           decompress(method, std::make_unique<stream::MemorySource>(std::move(packed))));
    return stream::read_all(*plain, bytes_max);
}

/// An OpenRange over bytes in memory that counts what was asked for.
struct Ranges {
    std::shared_ptr<const Bytes> object;
    std::shared_ptr<std::uint64_t> fetched_bytes = std::make_shared<std::uint64_t>(0);

    explicit Ranges(Bytes bytes) : object{std::make_shared<const Bytes>(std::move(bytes))} {}

    Result<stream::SourcePtr> operator()(std::uint64_t offset,
                                         std::optional<std::uint64_t> bytes) const {
        const auto begin = std::min<std::uint64_t>(offset, object->size());
        const auto count =
            std::min<std::uint64_t>(object->size() - begin, bytes.value_or(UINT64_MAX));
        *fetched_bytes += count;
        const auto part = View{*object}.subspan(begin, count);
        return std::make_unique<stream::MemorySource>(Bytes{part.begin(), part.end()});
    }
};

}  // namespace ds::codec::testing
