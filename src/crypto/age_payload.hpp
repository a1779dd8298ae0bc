#pragma once

#include <cstring>
#include <type_traits>

#include "crypto/primitives.hpp"

/// The binary part of an age file: a nonce, then chunks of 64 KiB, each sealed under a counter and
/// a final flag.
namespace ds::crypto {

constexpr std::size_t payload_nonce_bytes = 16;
constexpr std::size_t chunk_plain_bytes = 64 * KiB;
constexpr std::size_t chunk_sealed_bytes = chunk_plain_bytes + Aead::tag_bytes;
/// Chunks that a thread works on at once: enough that handing over costs nothing beside the work.
constexpr std::size_t chunks_per_block = 16;

inline Key32 payload_key(View file_key, View nonce) {
    return hkdf_sha256(file_key, nonce, "payload");
}

inline Aead::Nonce chunk_nonce(std::uint64_t chunk, bool final) {
    Aead::Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i) nonce[10 - i] = std::byte(chunk >> 8 * i);
    nonce[11] = std::byte{final};
    return nonce;
}

/// A block on its way through the lanes carries where it belongs behind its bytes.
template <class T>
void push_tail(Bytes& block, const T& tail) {
    static_assert(std::is_trivially_copyable_v<T>);
    append(block, std::as_bytes(std::span{&tail, 1}));
}

template <class T>
T pop_tail(Bytes& block) {
    T tail;
    std::memcpy(&tail, block.data() + block.size() - sizeof tail, sizeof tail);
    block.resize(block.size() - sizeof tail);
    return tail;
}

}  // namespace ds::crypto
