#include "crypto/age_header.hpp"
#include "crypto/bech32.hpp"
#include "crypto/testing/age_objects.hpp"

/// Any bytes as an age object: the header's parser, the unwrapping, and the payload's reader behind
/// them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ds;
    using namespace ds::crypto;
    static const auto identity =
        Identity::parse(
            "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
            .value();
    const View object = std::as_bytes(std::span{data, size});
    const auto text = text_of(object);
    const auto end = AgeHeader::end_in(text);
    if (end != text.npos) (void)AgeHeader::parse(text.substr(0, end));
    (void)testing::open_bytes({identity}, Bytes{object.begin(), object.end()});
    (void)from_bech32(text);
    (void)parse_identities(text);
    return 0;
}
