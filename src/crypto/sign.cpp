#include "crypto/sign.hpp"

#include <array>

#include "crypto/openssl.hpp"
#include "sys/random.hpp"

namespace ds::crypto {
namespace {

constexpr std::string_view secret_prefix = "DS-SIGN-SECRET-1:";
constexpr std::string_view public_prefix = "ds-sign1:";
constexpr std::size_t key_bytes = 32;
constexpr std::size_t signature_bytes = 64;

PkeyPtr private_key(const Key<key_bytes>& seed) {
    PkeyPtr key{
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed.view()), key_bytes)};
    DS_CHECK(key != nullptr, "any 32 bytes are an Ed25519 seed");
    return key;
}

/// What follows the prefix as `bytes` bytes; `what` names it in the error.
Result<Bytes> decode(std::string_view text, std::string_view prefix, std::size_t bytes,
                     const char* what) {
    if (!text.starts_with(prefix)) {
        return fail(Code::invalid, fmt::format("{} does not start with '{}'", what, prefix));
    }
    auto decoded = from_base64(text.substr(prefix.size()));
    if (!decoded || decoded->size() != bytes) {
        return fail(Code::invalid, fmt::format("{} is not base64 of {} bytes", what, bytes));
    }
    return decoded;
}

}  // namespace

SigningKey SigningKey::generate() {
    SigningKey key;
    sys::fill_random(key.seed_.room());
    return key;
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
    DS_TRY(auto seed, decode(text, secret_prefix, key_bytes, "secret signing key"));
    SigningKey key;
    key.seed_ = Key<key_bytes>{seed};
    wipe(seed);
    return key;
}

Secret SigningKey::text() const {
    return Secret{std::string{secret_prefix} + to_base64(seed_.view())};
}

std::string SigningKey::public_key() const {
    std::array<std::byte, key_bytes> bytes;
    std::size_t size = bytes.size();
    const auto key = private_key(seed_);
    DS_CHECK(EVP_PKEY_get_raw_public_key(key.get(), raw(Room{bytes}), &size) == 1,
             "a private key has its public one");
    return std::string{public_prefix} + to_base64(bytes);
}

std::string SigningKey::sign(View message) const {
    const auto key = private_key(seed_);
    const DigestContextPtr context{EVP_MD_CTX_new()};
    std::array<std::byte, signature_bytes> signature;
    std::size_t size = signature.size();
    DS_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                 EVP_DigestSign(context.get(), raw(Room{signature}), &size, raw(message),
                                message.size()) == 1,
             "Ed25519 signs anything");
    return to_base64(signature);
}

Status check_signature(std::string_view public_key, View message, std::string_view signature) {
    const auto key_raw = decode(public_key, public_prefix, key_bytes, "public signing key");
    const auto sum = decode(signature, "", signature_bytes, "signature");
    // Both lie beside the document: what is not even well-formed is damage, not wrong usage.
    if (!key_raw) return fail(Code::corrupt, key_raw.error().message());
    if (!sum) return fail(Code::corrupt, sum.error().message());
    const PkeyPtr key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(View{*key_raw}),
                                                  key_raw->size())};
    const DigestContextPtr context{EVP_MD_CTX_new()};
    if (key == nullptr ||
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) {
        return fail(Code::corrupt, "public signing key is not usable");
    }
    if (EVP_DigestVerify(context.get(), raw(View{*sum}), sum->size(), raw(message),
                         message.size()) != 1) {
        return fail(Code::corrupt, "signature does not fit: not made by this key over these bytes",
                    "The document was changed after signing, or another server signed it.");
    }
    return {};
}

}  // namespace ds::crypto
