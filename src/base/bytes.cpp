#include "base/bytes.hpp"

#include <array>

namespace ds {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int value_in(std::string_view alphabet, char letter) {
    const auto at = alphabet.find(letter);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string to_hex(View bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += hex_digits[std::size_t(byte) >> 4];
        text += hex_digits[std::size_t(byte) & 15];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return fail(Code::invalid, "hexadecimal text of odd length");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = value_in(hex_digits, text[i]);
        const int low = value_in(hex_digits, text[i + 1]);
        if (high < 0 || low < 0) return fail(Code::invalid, "not lower-case hexadecimal text");
        bytes.push_back(std::byte(high << 4 | low));
    }
    return bytes;
}

std::string to_base64(View bytes, bool padded) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int have = 0;
    for (const auto byte : bytes) {
        bits = bits << 8 | std::uint32_t(byte);
        for (have += 8; have >= 6; have -= 6) text += base64_letters[bits >> (have - 6) & 63];
    }
    if (have > 0) text += base64_letters[bits << (6 - have) & 63];
    while (padded && text.size() % 4 != 0) text += '=';
    return text;
}

Result<Bytes> from_base64(std::string_view text, bool padded) {
    if (padded) {
        if (text.size() % 4 != 0) return fail(Code::invalid, "base64 text of wrong length");
        for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    }
    if (text.size() % 4 == 1) return fail(Code::invalid, "base64 text of wrong length");
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int have = 0;
    for (const char letter : text) {
        const int value = value_in(base64_letters, letter);
        if (value < 0) return fail(Code::invalid, "not base64 text");
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        have += 6;
        if (have >= 8) {
            have -= 8;
            bytes.push_back(std::byte(bits >> have));
        }
    }
    // Only one text may stand for given bytes: left-over bits must be zero.
    if ((bits & ((1U << have) - 1)) != 0)
        return fail(Code::invalid, "base64 text is not canonical");
    return bytes;
}

}  // namespace ds
