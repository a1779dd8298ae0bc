#include "codec/testing/packed_bytes.hpp"

/// Any bytes as a packed stream of the method that the first byte chooses: unpacked whole, by
/// range, and its seek table.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ds;
    using namespace ds::codec;
    if (size == 0) return 0;
    const auto method = static_cast<Method>(data[0] % 4);
    const auto bytes = std::as_bytes(std::span{data, size}).subspan(1);
    const Bytes packed{bytes.begin(), bytes.end()};
    constexpr std::size_t plain_bytes_max = 32 * MiB;
    (void)testing::unpack(method, packed, plain_bytes_max);
    (void)read_frames(method, testing::Ranges{packed}, packed.size());
    const auto range = decompress_range(method, testing::Ranges{packed}, packed.size(), 7, 100);
    if (range) (void)stream::read_all(**range, plain_bytes_max);
    return 0;
}
