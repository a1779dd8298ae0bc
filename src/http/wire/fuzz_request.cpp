#include <algorithm>

#include "base/bytes.hpp"
#include "http/wire/request_reader.hpp"

namespace {

using namespace ds::http::wire;

/// Everything that came out, or the refusal; one text to compare.
std::string read_all(std::string_view bytes, std::size_t slice) {
    static const Limits limits{2048, [](const auto&) { return std::size_t{4096}; }};
    RequestReader reader{limits, "peer"};
    std::string out;
    while (!bytes.empty()) {
        auto refused = reader.feed(bytes.substr(0, slice));
        bytes.remove_prefix(std::min(slice, bytes.size()));
        while (!refused && reader.complete()) {
            const auto request = reader.take();
            out += request.method + " " + request.target + " " + request.body + "\n";
            if (request.body.size() > 4096) __builtin_trap();
            for (const auto& segment : request.segments) {
                if (segment == "..") __builtin_trap();
            }
            refused = reader.feed({});
        }
        if (refused) return out + "refused";
    }
    return out;
}

}  // namespace

/// However the bytes are sliced, the same requests come out before the same refusal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto whole = read_all(bytes, bytes.size() + 1);
    const auto sliced = read_all(bytes, 1);
    if (whole != sliced) __builtin_trap();
    return 0;
}
