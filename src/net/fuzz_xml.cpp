#include "net/xml.hpp"

/// Any text as the XML of a store's answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    (void)ds::net::parse_xml({reinterpret_cast<const char*>(data), size});
    return 0;
}
