#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace ds::crypto {

/// Bech32 (BIP 173) without its limit on length, as age uses it. `prefix` is the part before the
/// '1', in lower case.
std::string to_bech32(std::string_view prefix, View bytes);

struct Bech32 {
    std::string prefix;  // in lower case, whatever the text was in
    Bytes bytes;
};
/// Code::invalid on mixed case, foreign letters, a wrong checksum or padding. The message never
/// holds the text, which may be a secret.
Result<Bech32> from_bech32(std::string_view text);

}  // namespace ds::crypto
