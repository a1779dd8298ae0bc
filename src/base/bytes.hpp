#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace ds {

/// Bytes that somebody else owns.
using View = std::span<const std::byte>;
/// Room that somebody else owns.
using Room = std::span<std::byte>;
/// Owned bytes.
using Bytes = std::vector<std::byte>;

constexpr std::size_t KiB = 1024;
constexpr std::size_t MiB = 1024 * KiB;
constexpr std::uint64_t GiB = 1024 * MiB;

inline View view_of(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}
inline std::string_view text_of(View bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline void append(Bytes& to, View bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

inline std::uint32_t load_le32(const std::byte* p) {
    return std::uint32_t(p[0]) | std::uint32_t(p[1]) << 8 | std::uint32_t(p[2]) << 16 |
           std::uint32_t(p[3]) << 24;
}
inline void append_le32(Bytes& to, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) to.push_back(std::byte(value >> shift));
}

/// Lower-case hexadecimal.
std::string to_hex(View bytes);
Result<Bytes> from_hex(std::string_view text);

/// RFC 4648 section 4 (standard alphabet). `padded` says whether '=' is written, and required on
/// reading.
std::string to_base64(View bytes, bool padded = true);
Result<Bytes> from_base64(std::string_view text, bool padded = true);

}  // namespace ds
