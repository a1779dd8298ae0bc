#include "crypto/primitives.hpp"

#include <fmt/core.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/hmac.h>

#include "crypto/openssl.hpp"

namespace ds::crypto {
namespace {

const EVP_CIPHER* algorithm() {
    static const EVP_CIPHER* const fetched =
        EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
    DS_CHECK(fetched != nullptr, "this OpenSSL has ChaCha20-Poly1305");
    return fetched;
}

PkeyPtr secret_pkey(const Key32& secret) {
    PkeyPtr key{EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, raw(secret.view()), 32)};
    DS_CHECK(key != nullptr, "any 32 bytes are an X25519 key");
    return key;
}

}  // namespace

Mac hmac_sha256(View key, View message) {
    static constexpr unsigned char nothing = 0;  // OpenSSL takes a null key for "the last one"
    Mac mac;
    const auto* done =
        HMAC(EVP_sha256(), key.empty() ? &nothing : raw(key), static_cast<int>(key.size()),
             raw(message), message.size(), raw(Room{mac}), nullptr);
    DS_CHECK(done != nullptr, "HMAC never fails");
    return mac;
}

Key32 hkdf_sha256(View key, View salt, std::string_view info) {
    auto extracted = hmac_sha256(salt, key);
    Bytes last_round;
    append(last_round, view_of(info));
    last_round.push_back(std::byte{1});
    auto expanded = hmac_sha256(extracted, last_round);
    const Key32 result{expanded};
    wipe(extracted);
    wipe(expanded);
    return result;
}

Result<Key32> scrypt(std::string_view passphrase, View salt, unsigned log_n) {
    const std::uint64_t n = 1ULL << log_n;
    const std::uint64_t memory_bytes_max = (n + 16) * KiB;
    Key32 key;
    if (EVP_PBE_scrypt(passphrase.data(), passphrase.size(), raw(salt), salt.size(), n, 8, 1,
                       memory_bytes_max, raw(key.room()), 32) != 1) {
        ERR_clear_error();
        return fail(Code::exhausted,
                    fmt::format("deriving a key from the passphrase needs {} MiB of memory",
                                memory_bytes_max / MiB));
    }
    return key;
}

Bytes x25519_public(const Key32& secret) {
    Bytes bytes(32);
    std::size_t size = bytes.size();
    const auto key = secret_pkey(secret);
    DS_CHECK(EVP_PKEY_get_raw_public_key(key.get(), raw(Room{bytes}), &size) == 1,
             "a private key has its public one");
    return bytes;
}

Result<Key32> x25519_shared(const Key32& secret, View point) {
    const PkeyPtr peer{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, raw(point), point.size())};
    const auto key = secret_pkey(secret);
    const PkeyContextPtr context{EVP_PKEY_CTX_new(key.get(), nullptr)};
    Key32 shared;
    std::size_t size = 32;
    // OpenSSL refuses an all-zero result itself; the comparison keeps us safe from one that does
    // not.
    if (peer == nullptr || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), peer.get()) != 1 ||
        EVP_PKEY_derive(context.get(), raw(shared.room()), &size) != 1 || shared == Key32{}) {
        ERR_clear_error();
        return fail(Code::invalid, "public key is a low-order point");
    }
    return shared;
}

struct Aead::Context {
    CipherContextPtr cipher{EVP_CIPHER_CTX_new()};
};

Aead::Aead(const Key32& key) : context_{std::make_unique<Context>()} {
    DS_CHECK(EVP_CipherInit_ex2(context_->cipher.get(), algorithm(), raw(key.view()), nullptr, 1,
                                nullptr) == 1,
             "ChaCha20-Poly1305 takes any key");
}
Aead::~Aead() = default;
Aead::Aead(Aead&&) noexcept = default;
Aead& Aead::operator=(Aead&&) noexcept = default;

void Aead::seal(const Nonce& nonce, View plain, Room out) {
    auto* cipher = context_->cipher.get();
    int done = 0;
    const auto tag = out.subspan(plain.size(), tag_bytes);
    DS_CHECK(EVP_CipherInit_ex2(cipher, nullptr, nullptr, raw(View{nonce}), 1, nullptr) == 1 &&
                 EVP_CipherUpdate(cipher, raw(out), &done, raw(plain),
                                  static_cast<int>(plain.size())) == 1 &&
                 EVP_CipherFinal_ex(cipher, raw(tag), &done) == 1 &&
                 EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, int{tag_bytes}, raw(tag)) == 1,
             "sealing never fails");
}

bool Aead::open(const Nonce& nonce, View sealed, Room out) {
    if (sealed.size() < tag_bytes) return false;
    auto* cipher = context_->cipher.get();
    const auto body = sealed.first(sealed.size() - tag_bytes);
    std::array<std::byte, tag_bytes> tag;
    std::copy(sealed.end() - tag_bytes, sealed.end(), tag.begin());
    std::array<std::byte, tag_bytes> rest;
    int done = 0;
    const bool fits =
        EVP_CipherInit_ex2(cipher, nullptr, nullptr, raw(View{nonce}), 0, nullptr) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, int{tag_bytes}, raw(Room{tag})) == 1 &&
        EVP_CipherUpdate(cipher, raw(out), &done, raw(body), static_cast<int>(body.size())) == 1 &&
        EVP_CipherFinal_ex(cipher, raw(Room{rest}), &done) == 1;
    if (!fits) ERR_clear_error();
    return fits;
}

}  // namespace ds::crypto
