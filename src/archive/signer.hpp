#pragma once

#include <string>
#include <vector>

#include "crypto/sign.hpp"
#include "sys/files.hpp"

namespace ds::archive {

/// This machine's signing key, made on first use: `<state>/signing.key`, mode 0600.
Result<crypto::SigningKey> own_signing_key(const sys::fs::path& state);

/// Public keys whose signatures this machine believes: its own, and the lines of
/// `<state>/trusted-signers`.
Result<std::vector<std::string>> trusted_signers(const sys::fs::path& state);

}  // namespace ds::archive
