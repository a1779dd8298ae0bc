#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/postgres/dump_format/dump_format.hpp"
#include "engines/testing/archive_bytes.hpp"

namespace ds::engines::postgres {
namespace {

using testing::ArchiveBytes;

/// Gives the bytes in pieces of `piece`.
ReadBytes reader(Bytes bytes, std::size_t piece = SIZE_MAX) {
    return [bytes = std::move(bytes), piece,
            at = std::size_t{0}](Room room) mutable -> Result<std::size_t> {
        const auto count = std::min({piece, room.size(), bytes.size() - at});
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, room.begin());
        at += count;
        return count;
    };
}

Result<std::string> rows_of(const Bytes& bytes, std::int32_t id = 11,
                            std::size_t piece = SIZE_MAX) {
    std::string rows;
    DS_DO(unwrap_rows(reader(bytes, piece), id, [&](View lines) -> Status {
        rows += text_of(lines);
        return {};
    }));
    return rows;
}

Result<std::string> blobs_of(const Bytes& bytes, std::size_t piece = SIZE_MAX) {
    std::string told;
    BlobVisitor visitor;
    visitor.begin = [&](std::uint32_t oid) -> Status {
        told += std::to_string(oid) + "(";
        return {};
    };
    visitor.data = [&](View bytes_of_object) -> Status {
        told += text_of(bytes_of_object);
        return {};
    };
    visitor.end = [&]() -> Status {
        told += ")";
        return {};
    };
    DS_DO(unwrap_blobs(reader(bytes, piece), 13, visitor));
    return told;
}

TEST(UnwrapRows, gives_the_lines_without_framing_and_marker) {
    const auto block = ArchiveBytes{}.rows(11, {"a\tb", "\\\\.", ""}).bytes;
    for (const std::size_t piece : {1U, 2U, 5U, 100U}) {
        EXPECT_EQ(rows_of(block, 11, piece).value(), "a\tb\n\\\\.\n\n");
    }
    EXPECT_EQ(rows_of(ArchiveBytes{}.rows(11, {}).bytes).value(), "");
}

TEST(UnwrapRows, gathers_small_rows_and_splits_large_ones) {
    std::vector<std::string> lines(100'000, "12345678");
    lines.push_back(std::string(MiB, 'x'));
    std::size_t calls = 0, longest = 0, total = 0;
    ASSERT_TRUE(
        unwrap_rows(reader(ArchiveBytes{}.rows(11, lines).bytes), 11, [&](View bytes) -> Status {
            ++calls, total += bytes.size(), longest = std::max(longest, bytes.size());
            return {};
        }));
    EXPECT_EQ(total, 900'000U + MiB + 1);
    EXPECT_EQ(longest, 256 * KiB);
    EXPECT_EQ(calls, total / longest + 1);
}

TEST(UnwrapRows, refuses_what_is_not_exactly_that_block) {
    const auto block = ArchiveBytes{}.rows(11, {"a"}).bytes;
    EXPECT_EQ(rows_of(block, 12).error().code(), Code::corrupt);
    for (std::size_t cut = 0; cut < block.size(); ++cut) {
        const auto rows =
            rows_of(Bytes(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(cut)));
        ASSERT_FALSE(rows) << cut;
        EXPECT_EQ(rows.error().code(), Code::corrupt) << cut;
    }
    auto longer = block;
    longer.push_back(std::byte{0});
    EXPECT_EQ(rows_of(longer).error().code(), Code::corrupt);
    EXPECT_EQ(rows_of(longer, 11, block.size()).error().code(), Code::corrupt);
    EXPECT_EQ(rows_of(ArchiveBytes{}.block(3, 11).number(0).bytes).error().code(), Code::corrupt);
}

TEST(UnwrapRows, passes_on_the_errors_of_both_sides) {
    const auto block = ArchiveBytes{}.rows(11, {"a"}).bytes;
    const auto full = [](View) -> Status { return fail(Code::exhausted, "full"); };
    EXPECT_EQ(unwrap_rows(reader(block), 11, full).error().code(), Code::exhausted);
    const auto gone = [](Room) -> Result<std::size_t> { return fail(Code::unavailable, "gone"); };
    EXPECT_EQ(unwrap_rows(gone, 11, full).error().code(), Code::unavailable);
}

TEST(UnwrapBlobs, gives_each_object) {
    ArchiveBytes block;
    block.block(3, 13).number(5).chunks({"he", "llo"}).number(6).chunks({});
    block.number(-1294967296).chunks({"high"}).number(0);
    for (const std::size_t piece : {1U, 3U, 100U}) {
        EXPECT_EQ(blobs_of(block.bytes, piece).value(), "5(hello)6()3000000000(high)");
    }
    EXPECT_EQ(blobs_of(ArchiveBytes{}.block(3, 13).number(0).bytes).value(), "");
}

TEST(UnwrapBlobs, refuses_what_is_not_exactly_that_block) {
    const auto block = ArchiveBytes{}.block(3, 13).number(5).chunks({"a"}).number(0).bytes;
    for (std::size_t cut = 0; cut < block.size(); ++cut) {
        EXPECT_FALSE(
            blobs_of(Bytes(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(cut))))
            << cut;
    }
    auto longer = block;
    longer.push_back(std::byte{0});
    EXPECT_FALSE(blobs_of(longer));
    EXPECT_FALSE(blobs_of(ArchiveBytes{}.rows(13, {}).bytes));
    // A sign that is neither, and minus zero.
    EXPECT_FALSE(blobs_of(ArchiveBytes{}.block(3, 13).byte(2).raw("\1\0\0").byte(0).bytes));
    EXPECT_FALSE(
        blobs_of(ArchiveBytes{}.block(3, 13).byte(1).byte(0).byte(0).byte(0).byte(0).bytes));
}

}  // namespace
}  // namespace ds::engines::postgres
