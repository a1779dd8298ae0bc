#include "crypto/jwt.hpp"
#include "crypto/primitives.hpp"

/// Any bytes as a token, and as the signed part of one whose signature is right.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ds;
    using namespace ds::crypto;
    static const JwtKey key{"k1", Key<32>{Bytes(32, std::byte{7})}};
    static const JwtPurpose purpose{"at+jwt", "us", "api"};
    const auto now = std::chrono::system_clock::time_point{std::chrono::seconds{1'800'000'000}};
    const std::string text{text_of(std::as_bytes(std::span{data, size}))};
    (void)jwt_key_id(text);
    (void)read_jwt(text, key, purpose, now);
    auto signature = to_base64(hmac_sha256(key.key.view(), view_of(text)), false);
    for (auto& c : signature) c = c == '+' ? '-' : c == '/' ? '_' : c;
    (void)read_jwt(text + "." + signature, key, purpose, now);
    return 0;
}
