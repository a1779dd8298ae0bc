#include "engines/postgres/dump_format/toc.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/testing/archive_bytes.hpp"

namespace ds::engines::postgres {
namespace {

using testing::ArchiveBytes;
using ::testing::HasSubstr;
using testing::Text;

constexpr std::size_t plenty = 1 * MiB;

class TocVersions : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Archive, TocVersions, ::testing::Values(14U, 15U, 16U));

Code code_of(View bytes, std::size_t bytes_max = plenty) {
    const auto parsed = parse_toc(bytes, bytes_max);
    if (parsed) {
        ADD_FAILURE() << (*parsed ? "was accepted" : "wants more bytes");
        return Code::internal;
    }
    return parsed.error().code();
}

TEST_P(TocVersions, every_field_is_read) {
    ArchiveBytes archive;
    archive.head(GetParam(), 2)
        .entry(GetParam(), {.id = 7, .tag = "a\nb", .defn = "CREATE", .needs = {9, 8, 9}});
    archive.entry(GetParam(), {.id = 8,
                               .desc = "TABLE DATA",
                               .schema = Text{},
                               .data = true,
                               .copy = "COPY",
                               .state = 2,
                               .offset = 0x123456789abcULL});
    const auto length = archive.bytes.size();
    const auto parsed = parse_toc(archive.raw("data").bytes, plenty);
    ASSERT_TRUE(parsed && *parsed) << parsed.error().message();
    const auto& [toc, bytes] = **parsed;
    EXPECT_EQ(bytes, length);
    EXPECT_EQ(toc.version_minor, GetParam());
    EXPECT_EQ(toc.database, "shop");
    EXPECT_EQ(toc.tool_version, "17.11 (Debian 17.11-1)");
    EXPECT_THAT(toc.created, ::testing::ElementsAre(7, 32, 14, 13, 7, 126, -1));
    ASSERT_EQ(toc.entries.size(), 2U);
    const auto& table = toc.entries[0];
    EXPECT_EQ(table.label(), "public.a\nb");
    EXPECT_EQ(table.defn, "CREATE");
    EXPECT_EQ(table.drop_stmt, std::nullopt);
    EXPECT_EQ(table.table_am, "heap");
    EXPECT_EQ(table.relkind, GetParam() >= 16 ? 'r' : 0);
    EXPECT_EQ(table.owner, "alice");
    EXPECT_THAT(table.dependencies, ::testing::ElementsAre(9, 8, 9));
    EXPECT_FALSE(table.had_dumper);
    const auto* data = toc.find(8);
    ASSERT_NE(data, nullptr);
    EXPECT_TRUE(data->had_dumper);
    EXPECT_EQ(data->schema, std::nullopt);
    EXPECT_EQ(data->data_state, 2);
    EXPECT_EQ(data->data_offset, 0x123456789abcULL);
    EXPECT_EQ(toc.find(9), nullptr);
}

TEST_P(TocVersions, what_was_read_is_written_to_the_byte) {
    const auto archive = testing::sample_archive(GetParam());
    const auto parsed = parse_toc(archive, plenty);
    ASSERT_TRUE(parsed && *parsed);
    const auto& [toc, length] = **parsed;
    EXPECT_EQ(write_toc(toc),
              Bytes(archive.begin(), archive.begin() + static_cast<std::ptrdiff_t>(length)));
}

TEST_P(TocVersions, a_part_of_it_wants_more_bytes) {
    const auto archive = testing::sample_archive(GetParam());
    const auto length = (**parse_toc(archive, plenty)).second;
    for (std::size_t cut = 0; cut < length; ++cut) {
        const auto parsed = parse_toc(View{archive}.first(cut), plenty);
        ASSERT_TRUE(parsed) << cut << ": " << parsed.error().message();
        EXPECT_FALSE(*parsed) << cut;
    }
}

TEST_P(TocVersions, the_size_of_the_pieces_does_not_matter) {
    const auto archive = testing::sample_archive(GetParam());
    const auto whole = (**parse_toc(archive, plenty));
    for (const std::size_t piece : {1U, 2U, 3U, 5U, 64U}) {
        TocReader reader{plenty};
        std::size_t at = 0;
        while (!reader.complete()) {
            const auto taken = reader.push(View{archive}.subspan(at, piece));
            ASSERT_TRUE(taken) << taken.error().message();
            at += *taken;
        }
        EXPECT_EQ(at, whole.second);
        EXPECT_EQ(reader.bytes(), whole.second);
        EXPECT_EQ(write_toc(reader.take()), write_toc(whole.first));
    }
}

TEST(Toc, other_files_are_not_dumps) {
    auto bytes = ArchiveBytes{}.head(16, 0).bytes;
    bytes[4] = std::byte{'Q'};
    EXPECT_EQ(code_of(bytes), Code::corrupt);
    EXPECT_EQ(code_of(view_of("-- PostgreSQL database dump")), Code::corrupt);
}

TEST(Toc, other_versions_and_formats_are_unsupported) {
    for (const unsigned minor : {13U, 17U}) {
        EXPECT_EQ(code_of(ArchiveBytes{}.head(minor, 0).bytes), Code::unsupported) << minor;
    }
    auto bytes = ArchiveBytes{}.head(16, 0).bytes;
    bytes[10] = std::byte{3};  // tar
    EXPECT_EQ(code_of(bytes), Code::unsupported);
    bytes[10] = std::byte{1}, bytes[8] = std::byte{8};
    EXPECT_EQ(code_of(bytes), Code::unsupported);
}

TEST(Toc, lengths_are_never_believed) {
    auto count = ArchiveBytes{}.head(16, INT32_MAX).bytes;
    const auto parsed = parse_toc(count, plenty);
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(*parsed);
    ArchiveBytes text;
    text.raw("PGDMP").byte(1).byte(16).byte(0).byte(4).byte(8).byte(1).byte(0);
    for (int i = 0; i < 7; ++i) text.number(0);
    text.number(INT32_MAX);
    EXPECT_EQ(code_of(text.bytes), Code::corrupt);
}

TEST(Toc, it_may_not_be_longer_than_its_limit) {
    const auto archive = testing::sample_archive();
    const auto length = (**parse_toc(archive, plenty)).second;
    EXPECT_TRUE(parse_toc(archive, length));
    EXPECT_EQ(code_of(archive, length - 1), Code::corrupt);
}

TEST(Toc, doubts_are_corruption) {
    const auto with = [](const ArchiveBytes::Entry& entry) {
        return ArchiveBytes{}.head(16, 2).entry(16, {.id = 1}).entry(16, entry).bytes;
    };
    EXPECT_TRUE(parse_toc(with({.id = 2}), plenty));
    EXPECT_EQ(code_of(with({.id = 1})), Code::corrupt) << "the same number twice";
    EXPECT_EQ(code_of(with({.id = 0})), Code::corrupt);
    EXPECT_EQ(code_of(with({.id = -2})), Code::corrupt);
    EXPECT_EQ(code_of(with({.id = 2, .tag = std::string{"a\0b", 3}})), Code::corrupt);
    EXPECT_EQ(code_of(with({.id = 2, .state = 1})), Code::corrupt) << "data without a dumper";
    EXPECT_EQ(code_of(with({.id = 2, .data = true, .state = 3})), Code::corrupt);
    EXPECT_EQ(code_of(with({.id = 2, .data = true, .state = 4})), Code::corrupt);
}

TEST(Toc, numbers_have_one_spelling) {
    auto bytes = ArchiveBytes{}.head(16, 1).entry(16, {}).bytes;
    const auto length = bytes.size();
    // The last field but the offset is the end of the dependencies: -1, sign first.
    auto& sign = bytes[length - 9 - 5];
    ASSERT_EQ(sign, std::byte{1});
    sign = std::byte{2};
    EXPECT_EQ(code_of(bytes), Code::corrupt);
    sign = std::byte{1}, bytes[length - 9 - 4] = std::byte{0};
    EXPECT_EQ(code_of(bytes), Code::corrupt) << "minus zero";
}

TEST(Toc, errors_name_the_place) {
    ArchiveBytes archive;
    const auto place = archive.head(16, 1).bytes.size();
    const auto parsed = parse_toc(archive.number(0).bytes, plenty);
    ASSERT_FALSE(parsed);
    EXPECT_THAT(parsed.error().message(), HasSubstr("at byte " + std::to_string(place) + ":"));
}

}  // namespace
}  // namespace ds::engines::postgres
