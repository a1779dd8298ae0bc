#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/key.hpp"

/// The primitives that the age format is made of, each as its own specification says.
namespace ds::crypto {

using Key32 = Key<32>;
using Mac = std::array<std::byte, 32>;

Mac hmac_sha256(View key, View message);
/// RFC 5869 with SHA-256, 32 bytes.
Key32 hkdf_sha256(View key, View salt, std::string_view info);
/// RFC 7914 with r = 8, p = 1; takes 2^log_n KiB of memory. Code::exhausted when there is not so
/// much.
Result<Key32> scrypt(std::string_view passphrase, View salt, unsigned log_n);

/// RFC 7748: the public half of a secret key.
Bytes x25519_public(const Key32& secret);
/// RFC 7748. Code::invalid for a low-order point, whose result anybody knows. `point` has 32 bytes.
Result<Key32> x25519_shared(const Key32& secret, View point);

/// ChaCha20-Poly1305 (RFC 8439) under one key, without additional data. Not thread-safe: a thread
/// has its own.
class Aead {
public:
    static constexpr std::size_t tag_bytes = 16;
    using Nonce = std::array<std::byte, 12>;

    explicit Aead(const Key32& key);
    ~Aead();
    Aead(Aead&&) noexcept;
    Aead& operator=(Aead&&) noexcept;
    /// `out` has room for `plain` and the tag; it may begin where `plain` begins.
    void seal(const Nonce& nonce, View plain, Room out);
    /// `out` has room for what is sealed without the tag; on false its contents mean nothing.
    [[nodiscard]] bool open(const Nonce& nonce, View sealed, Room out);

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace ds::crypto
