#include "engines/postgres/dump_format/row_hash.hpp"

#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

std::string hash_of(std::initializer_list<std::string_view> rows) {
    RowHash hash;
    for (const auto row : rows) hash.add(view_of(row));
    return hash.hex();
}

TEST(RowHash, is_the_same_whatever_the_order_of_the_rows) {
    EXPECT_EQ(hash_of({"1\ta", "2\tb", "3\tc"}), hash_of({"3\tc", "1\ta", "2\tb"}));
}

TEST(RowHash, differs_when_a_row_is_doubled_or_missing_or_changed) {
    const auto right = hash_of({"1", "2"});
    EXPECT_NE(right, hash_of({"1", "2", "2"}));
    EXPECT_NE(right, hash_of({"1"}));
    EXPECT_NE(right, hash_of({"1", "3"}));
    EXPECT_NE(right, hash_of({"12"}));
    EXPECT_NE(hash_of({""}), hash_of({}));
}

TEST(RowHash, is_xxh3_128_of_the_line_when_there_is_one) {
    EXPECT_EQ(hash_of({}), "00000000000000000000000000000000");
    // The value that `xxh128sum` prints for no input.
    EXPECT_EQ(hash_of({""}), "99aa06d3014798d86001c324468d497f");
}

TEST(RowHash, carries_from_the_low_half_into_the_high_half) {
    RowHash hash;
    hash.add_hash(~0ULL, 0);
    hash.add_hash(1, 0);
    EXPECT_EQ(hash.hex(), "00000000000000010000000000000000");
}

TEST(RowPieces, hashes_a_row_in_pieces_as_if_it_were_whole) {
    const std::string row(100'000, 'x');
    RowHash whole, parts;
    whole.add(view_of(row));
    whole.add(view_of("next"));
    RowPieces pieces;
    pieces.push(view_of(row).first(1));
    pieces.push(view_of(row).subspan(1, 70'000));
    pieces.push(view_of(row).subspan(70'001));
    pieces.finish(parts);
    pieces.push(view_of("next"));
    pieces.finish(parts);
    EXPECT_EQ(whole.hex(), parts.hex());
}

}  // namespace
}  // namespace ds::engines::postgres
