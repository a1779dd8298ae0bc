#include "engines/postgres/physical/crc32c.hpp"

#include <array>
#include <cstring>

#ifdef __x86_64__
#include <nmmintrin.h>
#endif

namespace ds::engines::postgres {
namespace {

constexpr std::uint32_t polynomial = 0x82F63B78U;  // 0x1EDC6F41, bits reversed

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        auto value = byte;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) * polynomial);
        table[byte] = value;
    }
    return table;
}

constexpr auto table = make_table();

std::uint32_t by_table(std::uint32_t state, View bytes) {
    for (const auto byte : bytes)
        state = table[(state ^ std::to_integer<std::uint32_t>(byte)) & 0xFF] ^ (state >> 8);
    return state;
}

#ifdef __x86_64__
[[gnu::target("sse4.2")]] std::uint32_t by_instruction(std::uint32_t state, View bytes) {
    std::uint64_t wide = state;
    while (bytes.size() >= sizeof wide) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        wide = _mm_crc32_u64(wide, word);
        bytes = bytes.subspan(sizeof word);
    }
    return by_table(static_cast<std::uint32_t>(wide), bytes);
}
#endif

}  // namespace

void Crc32c::add(View bytes) {
#ifdef __x86_64__
    static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
    if (has_instruction) {
        state_ = by_instruction(state_, bytes);
        return;
    }
#endif
    state_ = by_table(state_, bytes);
}

std::uint32_t crc32c(View bytes) {
    Crc32c sum;
    sum.add(bytes);
    return sum.value();
}

}  // namespace ds::engines::postgres
