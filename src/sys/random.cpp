#include "sys/random.hpp"

#include <cerrno>

#include <sys/random.h>

namespace ds::sys {
namespace {

// Crockford's base 32, as the ULID specification says.
constexpr std::string_view ulid_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t ulid_length = 26;

}  // namespace

void fill_random(Room room) {
    while (!room.empty()) {
        const auto got = getrandom(room.data(), room.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        DS_CHECK(got > 0, "the kernel's random generator failed");
        room = room.subspan(static_cast<std::size_t>(got));
    }
}

Bytes random_bytes(std::size_t count) {
    Bytes bytes(count);
    fill_random(bytes);
    return bytes;
}

std::uint64_t random_below(std::uint64_t bound) {
    DS_CHECK(bound > 0, "a random number needs a bound");
    // Values in the last, incomplete stretch would make small results likelier: draw again.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
        std::uint64_t value = 0;
        fill_random(std::as_writable_bytes(std::span{&value, 1}));
        if (value < limit) return value % bound;
    }
}

std::string make_ulid(std::chrono::system_clock::time_point when) {
    auto ms = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count());
    std::string text(ulid_length, '0');
    for (std::size_t at = 10; at-- > 0; ms >>= 5) text[at] = ulid_letters[ms & 31];
    for (std::size_t at = 10; at < ulid_length; ++at) text[at] = ulid_letters[random_below(32)];
    return text;
}

bool is_ulid(std::string_view text) {
    return text.size() == ulid_length &&
           text.find_first_not_of(ulid_letters) == std::string_view::npos && text[0] <= '7';
}

}  // namespace ds::sys
