#include "crypto/box.hpp"

#include <sodium.h>

#include "sys/random.hpp"

namespace ds::crypto {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* raw(const void* bytes) { return static_cast<const unsigned char*>(bytes); }
unsigned char* raw(void* bytes) { return static_cast<unsigned char*>(bytes); }

}  // namespace

Bytes close_box(const Key<32>& key, View plain, std::string_view context) {
    Bytes box = sys::random_bytes(nonce_bytes);
    box.resize(nonce_bytes + plain.size() + tag_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        raw(box.data() + nonce_bytes), nullptr, raw(plain.data()), plain.size(),
        raw(context.data()), context.size(), nullptr, raw(box.data()), raw(key.view().data()));
    return box;
}

Result<Bytes> open_box(const Key<32>& key, View box, std::string_view context) {
    const auto refuse = [] { return fail(Code::corrupt, "a sealed secret does not open"); };
    if (box.size() < nonce_bytes + tag_bytes) return refuse();
    Bytes plain(box.size() - nonce_bytes - tag_bytes);
    const auto sealed = box.subspan(nonce_bytes);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        raw(plain.data()), nullptr, nullptr, raw(sealed.data()), sealed.size(), raw(context.data()),
        context.size(), raw(box.data()), raw(key.view().data()));
    if (opened != 0) return refuse();
    return plain;
}

}  // namespace ds::crypto
