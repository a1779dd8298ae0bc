#include <cstdint>

#include "base/bytes.hpp"
#include "server/settings/toml.hpp"

// Any bytes as a configuration file: entries with their places, or an error with its own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto file = ds::server::parse_toml(text);
    for (const auto& entry : file.entries) {
        if (entry.place.line == 0) __builtin_trap();
        static_cast<void>(ds::json::to_text(entry.value));
    }
    if (!file.error.empty() && !file.entries.empty()) __builtin_trap();
    return 0;
}
