#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace ds::crypto {

constexpr std::size_t password_bytes_max = 1024;

/// Argon2id (RFC 9106) with 64 MiB and two passes, in PHC form with its own salt. Takes about a
/// tenth of a second.
Result<std::string> hash_password(std::string_view password);
/// False for a wrong password and for a hash that is none.
bool is_password(std::string_view password, const std::string& hash);

/// Compares without telling by its time where the difference is.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace ds::crypto
