#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/secret.hpp"
#include "crypto/key.hpp"

namespace ds::crypto {

/// Ed25519 (RFC 8032). Public keys are written "ds-sign1:" + base64 of the 32 bytes, secret ones
/// "DS-SIGN-SECRET-1:" + base64 of the 32-byte seed.
class SigningKey {
public:
    static SigningKey generate();
    static Result<SigningKey> parse(std::string_view text);
    Secret text() const;
    std::string public_key() const;
    /// Base64 of the 64 bytes. The same message always gives the same signature.
    std::string sign(View message) const;

private:
    Key<32> seed_;
};

/// Code::corrupt when the signature does not fit, Code::invalid when key or signature cannot be
/// read.
Status check_signature(std::string_view public_key, View message, std::string_view signature);

}  // namespace ds::crypto
