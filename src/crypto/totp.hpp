#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

/// Codes of authenticators (RFC 6238) in the one form that all of them know: SHA-1, 6 digits, 30
/// seconds.
namespace ds::crypto {

constexpr std::size_t totp_secret_bytes = 20;
constexpr std::chrono::seconds totp_step{30};

/// The number of the step that a moment is in.
std::uint64_t totp_step_of(std::chrono::system_clock::time_point when);
std::string totp_code(View secret, std::uint64_t step);

/// The step that a code belongs to, one step to either side of `now`; nothing for a wrong one, and
/// for one of `last_step` or before, which was used already.
std::optional<std::uint64_t> totp_accepts(View secret, std::string_view code,
                                          std::chrono::system_clock::time_point now,
                                          std::uint64_t last_step);

/// RFC 4648 section 6, without padding: how people type a secret.
std::string to_base32(View bytes);

}  // namespace ds::crypto
