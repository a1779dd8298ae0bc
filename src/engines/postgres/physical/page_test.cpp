#include "engines/postgres/physical/page.hpp"

#include <gtest/gtest.h>

#include "engines/postgres/physical/crc32c.hpp"

namespace ds::engines::postgres {
namespace {

/// RFC 3720, appendix B.4.
TEST(Crc32c, is_that_of_the_rfc) {
    EXPECT_EQ(crc32c(Bytes(32)), 0x8A9136AAU);
    EXPECT_EQ(crc32c(Bytes(32, std::byte{0xFF})), 0x62A8AB43U);
    EXPECT_EQ(crc32c(view_of("123456789")), 0xE3069283U);
    Crc32c pieces;
    for (const char* piece : {"1", "234567", "", "89"}) pieces.add(view_of(piece));
    EXPECT_EQ(pieces.value(), 0xE3069283U);
}

TEST(Lsn, is_read_and_written) {
    EXPECT_EQ(parse_lsn("16/B374D848"), Lsn{0x16B374D848});
    EXPECT_EQ(text_of_lsn(0x16B374D848), "16/B374D848");
    for (const char* wrong :
         {"", "/", "16", "16/", "/1", "G/1", "1/2/3", "123456789/1", "1/123456789"})
        EXPECT_FALSE(parse_lsn(wrong)) << wrong;
}

TEST(Page, files_of_relations_are_known_by_their_paths) {
    EXPECT_EQ(first_block_of("base/5/16384"), 0U);
    EXPECT_EQ(first_block_of("base/5/16384.2"), 262'144U);
    EXPECT_EQ(first_block_of("base/5/16384_vm.1"), 131'072U);
    EXPECT_EQ(first_block_of("base/5/16384_fsm"), 0U);
    EXPECT_EQ(first_block_of("global/1262"), 0U);
    EXPECT_EQ(first_block_of("PG_17_202406281/5/16384_init"), 0U);
    for (const char* other : {"global/pg_control", "base/5/PG_VERSION", "base/5/pg_filenode.map",
                              "pg_xact/0000", "16384", "base/5/t3_16384", "base/5/x/16384"})
        EXPECT_FALSE(first_block_of(other)) << other;
}

}  // namespace
}  // namespace ds::engines::postgres
