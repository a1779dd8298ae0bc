#pragma once

#include <string_view>

#include "base/result.hpp"
#include "crypto/key.hpp"

/// Small secrets at rest.
namespace ds::crypto {

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random nonce in front. `context` is not
/// kept, but must be the same when it is opened: it ties a secret to its place.
Bytes close_box(const Key<32>& key, View plain, std::string_view context);
/// Code::corrupt when the key, the context or the bytes are not the right ones.
Result<Bytes> open_box(const Key<32>& key, View box, std::string_view context);

}  // namespace ds::crypto
