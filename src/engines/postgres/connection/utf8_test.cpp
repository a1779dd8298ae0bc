#include "engines/postgres/connection/utf8.hpp"

#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

TEST(Utf8, keeps_what_is_well_formed_and_shows_the_rest) {
    EXPECT_EQ(utf8_safe("plain ünï 日本 🐘"), "plain ünï 日本 🐘");
    EXPECT_EQ(utf8_safe("caf\xe9"), "caf\\xe9");
    EXPECT_EQ(utf8_safe("\xc0\xaf\xed\xa0\x80\xf5"), "\\xc0\\xaf\\xed\\xa0\\x80\\xf5");
    EXPECT_EQ(utf8_safe("\xf0\x9f\x90"), "\\xf0\\x9f\\x90");
}

}  // namespace
}  // namespace ds::engines::postgres
