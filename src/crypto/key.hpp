#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/bytes.hpp"

namespace ds::crypto {

/// Secret bytes of a fixed size. Every copy is wiped when it goes.
template <std::size_t size_bytes>
class Key {
public:
    Key() = default;
    /// `bytes` has exactly size_bytes.
    explicit Key(View bytes) {
        DS_CHECK(bytes.size() == size_bytes, "a key of the right size");
        std::copy(bytes.begin(), bytes.end(), bytes_.begin());
    }
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key() {
        // `volatile` keeps the compiler from dropping writes to memory that is about to go.
        volatile std::byte* p = bytes_.data();
        for (std::size_t i = 0; i < size_bytes; ++i) p[i] = std::byte{0};
    }

    View view() const { return bytes_; }
    Room room() { return bytes_; }
    bool operator==(const Key&) const = default;

private:
    std::array<std::byte, size_bytes> bytes_{};
};

/// Wipes bytes that held a secret before their memory goes back.
inline void wipe(Room bytes) {
    volatile std::byte* p = bytes.data();
    for (std::size_t i = 0; i < bytes.size(); ++i) p[i] = std::byte{0};
}

}  // namespace ds::crypto
