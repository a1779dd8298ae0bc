#pragma once

#include <string>
#include <string_view>

namespace ds::engines::postgres {

/// The text if it is well-formed UTF-8; otherwise with each offending byte as \xNN.
std::string utf8_safe(std::string_view text);

}  // namespace ds::engines::postgres
