#include "crypto/box.hpp"

#include <gtest/gtest.h>

#include "crypto/password.hpp"
#include "sys/random.hpp"

namespace ds::crypto {
namespace {

TEST(Box, opens_only_whole_with_its_key_in_its_place) {
    const Key<32> key{sys::random_bytes(32)}, other{sys::random_bytes(32)};
    const auto box = close_box(key, view_of("hunter2"), "servers/1");
    EXPECT_EQ(text_of(open_box(key, box, "servers/1").value()), "hunter2");
    EXPECT_FALSE(open_box(other, box, "servers/1"));
    EXPECT_FALSE(open_box(key, box, "servers/2"));
    EXPECT_FALSE(open_box(key, View{box}.first(20), "servers/1"));
    for (std::size_t at = 0; at < box.size(); ++at) {
        auto changed = box;
        changed[at] ^= std::byte{1};
        EXPECT_FALSE(open_box(key, changed, "servers/1")) << at;
    }
    EXPECT_NE(close_box(key, view_of("hunter2"), "servers/1"), box) << "a nonce of its own";
}

TEST(Password, is_known_again_and_never_kept) {
    const auto hash = hash_password("correct horse").value();
    EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
    EXPECT_TRUE(is_password("correct horse", hash));
    EXPECT_FALSE(is_password("Correct horse", hash));
    EXPECT_FALSE(is_password("correct horse", ""));
    EXPECT_FALSE(is_password("correct horse", "$argon2id$nonsense"));
    EXPECT_FALSE(hash_password(std::string(password_bytes_max + 1, 'x')));
}

TEST(SameSecret, compares_all_bytes) {
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("abc", "abd"));
    EXPECT_FALSE(same_secret("abc", "abcd"));
}

}  // namespace
}  // namespace ds::crypto
