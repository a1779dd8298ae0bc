#include "engines/postgres/connection/utf8.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {

std::string utf8_safe(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        const auto bytes = utf8_sequence_bytes(text);
        if (bytes > 0) {
            safe += text.substr(0, bytes);
        } else {
            safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
        }
        text.remove_prefix(bytes > 0 ? bytes : 1);
    }
    return safe;
}

}  // namespace ds::engines::postgres
