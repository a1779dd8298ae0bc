#include "http/wire/frames.hpp"

/// Any bytes as frames of a client: what comes out is valid and within its bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ds::http::wire;
    FrameReader reader{1000};
    for (std::size_t i = 0; i < size; ++i) {
        reader.feed({reinterpret_cast<const char*>(data) + i, 1});
        while (const auto said = reader.next()) {
            const bool control = said->kind != Opcode::text;
            if (said->payload.size() > (control ? 125 : 1000)) __builtin_trap();
            if (said->kind == Opcode::text && !is_utf8(said->payload)) __builtin_trap();
        }
        if (reader.broken() != 0) break;
    }
    return 0;
}
