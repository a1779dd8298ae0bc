#include "crypto/totp.hpp"

#include <array>

#include <fmt/format.h>
#include <openssl/hmac.h>

#include "crypto/openssl.hpp"
#include "crypto/password.hpp"

namespace ds::crypto {
namespace {

constexpr std::uint32_t codes = 1'000'000;

using Sum = std::array<std::byte, 20>;

Sum hmac_sha1(View key, View message) {
    Sum sum{};
    unsigned size = 0;
    DS_CHECK(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), raw(message),
                  message.size(), raw(Room{sum}), &size) != nullptr &&
                 size == sum.size(),
             "HMAC-SHA-1 of anything");
    return sum;
}

}  // namespace

std::uint64_t totp_step_of(std::chrono::system_clock::time_point when) {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()) / totp_step);
}

std::string totp_code(View secret, std::uint64_t step) {
    std::array<std::byte, 8> counter{};
    for (std::size_t at = 0; at < counter.size(); ++at)
        counter[at] = static_cast<std::byte>(step >> (56 - 8 * at));
    const auto sum = hmac_sha1(secret, counter);
    // RFC 4226, 5.3: the last half byte says where the number begins.
    const auto at = static_cast<std::size_t>(sum.back() & std::byte{0x0f});
    std::uint32_t number = 0;
    for (std::size_t byte = 0; byte < 4; ++byte)
        number = number << 8 | static_cast<std::uint32_t>(sum.at(at + byte));
    return fmt::format("{:06}", (number & 0x7fffffffU) % codes);
}

std::optional<std::uint64_t> totp_accepts(View secret, std::string_view code,
                                          std::chrono::system_clock::time_point now,
                                          std::uint64_t last_step) {
    const auto middle = totp_step_of(now);
    std::optional<std::uint64_t> accepted;
    // All three are compared, so that the time it takes says nothing.
    for (const auto step : {middle - 1, middle, middle + 1}) {
        if (same_secret(totp_code(secret, step), code) && step > last_step) accepted = step;
    }
    return accepted;
}

std::string to_base32(View bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const auto byte : bytes) {
        held = (held << 8 | static_cast<std::uint32_t>(byte)) & 0xffffU;
        for (bits += 8; bits >= 5; bits -= 5) text += letters[held >> (bits - 5) & 31U];
    }
    if (bits > 0) text += letters[held << (5 - bits) & 31U];
    return text;
}

}  // namespace ds::crypto
