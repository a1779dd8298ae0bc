#pragma once

#include <cstdint>
#include <string_view>

namespace ds::policy {

/// A number that looks like chance but is always the same for one text (FNV-1a, then the finalizer
/// of MurmurHash3, without which similar texts lie close together). Not for secrets.
std::uint64_t chance_of(std::string_view text);

/// The same as a number from 0 to below `size`; 0 where `size` is 0.
std::uint64_t chance_below(std::string_view text, std::uint64_t size);

}  // namespace ds::policy
