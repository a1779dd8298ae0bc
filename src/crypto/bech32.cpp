#include "crypto/bech32.hpp"

#include <array>

#include "base/text.hpp"

namespace ds::crypto {
namespace {

constexpr std::string_view letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t checksum_letters = 6;
constexpr std::size_t text_bytes_max = 4096;

/// The checksum's remainder, fed five bits at a time.
class Remainder {
public:
    void add(std::uint32_t five_bits) {
        constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                         0x3d4233dd, 0x2a1462b3};
        const auto top = value_ >> 25;
        value_ = (value_ & 0x1ffffff) << 5 ^ five_bits;
        for (std::size_t i = 0; i < generator.size(); ++i) {
            if ((top >> i & 1) != 0) value_ ^= generator[i];
        }
    }
    void add_prefix(std::string_view prefix) {
        for (const char c : prefix) add(static_cast<unsigned char>(c) >> 5);
        add(0);
        for (const char c : prefix) add(static_cast<unsigned char>(c) & 31);
    }
    std::uint32_t value() const { return value_; }

private:
    std::uint32_t value_ = 1;
};

}  // namespace

std::string to_bech32(std::string_view prefix, View bytes) {
    std::string text{prefix};
    text += '1';
    Remainder remainder;
    remainder.add_prefix(prefix);
    const auto put = [&](std::uint32_t five_bits) {
        remainder.add(five_bits);
        text += letters[five_bits];
    };
    std::uint32_t bits = 0;
    unsigned have = 0;
    for (const auto byte : bytes) {
        bits = bits << 8 | std::uint32_t(byte);
        for (have += 8; have >= 5; have -= 5) put(bits >> (have - 5) & 31);
    }
    if (have > 0) put(bits << (5 - have) & 31);
    for (std::size_t i = 0; i < checksum_letters; ++i) remainder.add(0);
    const auto checksum = remainder.value() ^ 1;
    for (std::size_t i = 0; i < checksum_letters; ++i) {
        text += letters[checksum >> 5 * (checksum_letters - 1 - i) & 31];
    }
    return text;
}

Result<Bech32> from_bech32(std::string_view mixed) {
    if (mixed.size() > text_bytes_max) return fail(Code::invalid, "key is too long");
    std::string text = lower(mixed);
    const bool has_upper = text != mixed;
    const bool has_lower = mixed.find_first_of("abcdefghijklmnopqrstuvwxyz") != mixed.npos;
    if (has_upper && has_lower) return fail(Code::invalid, "key mixes upper and lower case");
    const auto separator = text.rfind('1');
    if (separator == text.npos || separator == 0 ||
        text.size() - separator - 1 < checksum_letters) {
        return fail(Code::invalid, "key is not complete");
    }
    Bech32 key{text.substr(0, separator), {}};
    for (const char c : key.prefix) {
        if (c < 33 || c > 126) return fail(Code::invalid, "key has a letter that cannot be in it");
    }
    Remainder remainder;
    remainder.add_prefix(key.prefix);
    std::uint32_t bits = 0;
    unsigned have = 0;
    for (std::size_t i = separator + 1; i < text.size(); ++i) {
        const auto value = letters.find(text[i]);
        if (value == letters.npos)
            return fail(Code::invalid, "key has a letter that cannot be in it");
        remainder.add(static_cast<std::uint32_t>(value));
        if (i >= text.size() - checksum_letters) continue;
        bits = bits << 5 | static_cast<std::uint32_t>(value);
        have += 5;
        if (have >= 8) {
            have -= 8;
            key.bytes.push_back(std::byte(bits >> have));
        }
    }
    if (remainder.value() != 1) return fail(Code::invalid, "key has a typing error");
    if (have >= 5 || (bits & ((1U << have) - 1)) != 0) {
        return fail(Code::invalid, "key is not canonical");
    }
    return key;
}

}  // namespace ds::crypto
