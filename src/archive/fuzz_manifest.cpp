#include "archive/manifest.hpp"

/// Any text as a manifest. What is accepted must be written and read again without a change.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ds::archive;
    const auto manifest = read_manifest({reinterpret_cast<const char*>(data), size});
    if (!manifest) return 0;
    const auto written = write_manifest(*manifest);
    const auto again = read_manifest(written);
    if (!again || write_manifest(*again) != written) __builtin_trap();
    return 0;
}
