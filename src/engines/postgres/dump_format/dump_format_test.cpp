#include "engines/postgres/dump_format/dump_format.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/sha256.hpp"
#include "engines/testing/archive_bytes.hpp"

namespace ds::engines::postgres {
namespace {

using testing::ArchiveBytes;
using ::testing::HasSubstr;
using testing::sample_archive;
using testing::Text;

Result<DumpIndex> index_of(View bytes, std::size_t piece = SIZE_MAX) {
    DumpParser parser;
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(piece, bytes.size()));
        DS_DO(parser.push(part));
        bytes = bytes.subspan(part.size());
    }
    return parser.finish();
}

DumpIndex must_index(View bytes, std::size_t piece = SIZE_MAX) {
    auto index = index_of(bytes, piece);
    EXPECT_TRUE(index) << index.error().message();
    return index ? *index : DumpIndex{};
}

void expect_refused(View bytes, std::string_view words, Code code = Code::corrupt) {
    const auto index = index_of(bytes);
    ASSERT_FALSE(index) << "was accepted, instead of: " << words;
    EXPECT_EQ(index.error().code(), code) << index.error().message();
    EXPECT_THAT(index.error().message(), HasSubstr(words));
}

/// A table of contents that promises the data of public.orders as entry 11.
ArchiveBytes one_table() {
    ArchiveBytes archive;
    archive.head(16, 1);
    archive.entry(16, {.id = 11, .desc = "TABLE DATA", .data = true, .copy = "COPY"});
    return archive;
}

std::string hash_of(std::initializer_list<std::string_view> rows) {
    RowHash hash;
    for (const auto row : rows) hash.add(view_of(row));
    return hash.hex();
}

class DumpVersions : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Archive, DumpVersions, ::testing::Values(14U, 15U, 16U));

TEST_P(DumpVersions, the_index_covers_every_byte_and_counts_every_row) {
    const auto archive = sample_archive(GetParam());
    const auto index = must_index(archive);
    EXPECT_EQ(index.bytes, archive.size());
    ASSERT_EQ(index.spans.size(), 4U);
    std::uint64_t end = 0;
    for (const auto& span : index.spans) {
        EXPECT_EQ(span.offset, end);
        end += span.bytes;
        EXPECT_EQ(span.sha256, crypto::sha256_hex(View{archive}.subspan(span.offset, span.bytes)));
    }
    EXPECT_EQ(end, archive.size());
    const auto& [header, orders, empty, blobs] =
        std::tie(index.spans[0], index.spans[1], index.spans[2], index.spans[3]);
    EXPECT_EQ(header.kind, SpanKind::header);
    EXPECT_EQ(orders.kind, SpanKind::rows);
    EXPECT_EQ(orders.dump_id, 11);
    EXPECT_EQ(orders.object, "public.orders");
    EXPECT_EQ(orders.rows, 5U);
    EXPECT_EQ(orders.content, hash_of({"one", "\\\\.", "", "\\N", "last"}));
    EXPECT_EQ(empty.rows, 0U);
    EXPECT_EQ(empty.content, hash_of({}));
    EXPECT_EQ(blobs.kind, SpanKind::blobs);
    EXPECT_EQ(blobs.object, "large objects");
    EXPECT_EQ(blobs.rows, 3U);
}

TEST_P(DumpVersions, the_size_of_the_pieces_does_not_matter) {
    const auto archive = sample_archive(GetParam());
    const auto whole = must_index(archive);
    for (const std::size_t piece : {1U, 2U, 3U, 5U, 6U, 7U, 11U, 64U}) {
        EXPECT_EQ(first_difference(whole, must_index(archive, piece)), std::nullopt) << piece;
    }
}

TEST_P(DumpVersions, a_cut_anywhere_is_corruption) {
    const auto archive = sample_archive(GetParam());
    for (std::size_t cut = 0; cut < archive.size(); ++cut) {
        const auto index = index_of(View{archive}.first(cut), 7);
        ASSERT_FALSE(index) << cut;
        EXPECT_EQ(index.error().code(), Code::corrupt) << cut;
    }
}

TEST_P(DumpVersions, no_changed_bit_goes_unnoticed) {
    const auto archive = sample_archive(GetParam());
    const auto right = must_index(archive);
    for (std::size_t bit = 0; bit < archive.size() * 8; ++bit) {
        auto other = archive;
        other[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
        const auto index = index_of(other);
        EXPECT_TRUE(!index || first_difference(right, *index)) << "bit " << bit;
    }
}

TEST(DumpParser, chunks_need_not_follow_rows) {
    const auto right = must_index(one_table().rows(11, {"one", "\\N", "three"}).bytes).spans[1];
    const std::string payload = "one\n\\N\nthree\n\\.\n\n\n";
    for (std::size_t size = 1; size <= payload.size(); ++size) {
        std::vector<std::string> chunks;
        for (std::size_t at = 0; at < payload.size(); at += size)
            chunks.push_back(payload.substr(at, size));
        const auto archive = one_table().block(1, 11).chunks(chunks).bytes;
        for (const std::size_t piece : {std::size_t{1}, std::size_t{4}, SIZE_MAX}) {
            const auto span = must_index(archive, piece).spans.at(1);
            EXPECT_EQ(span.rows, 3U) << size;
            EXPECT_EQ(span.content, right.content) << size;
        }
    }
}

TEST(DumpParser, rows_that_begin_like_the_end_marker_are_rows) {
    for (const std::string row : {"\\", "\\.x", "\\..", "\\N", "\\\\.", "."}) {
        const auto payload = row + "\n" + row + "\n\\.\n\n\n";
        for (std::size_t size = 1; size <= 4; ++size) {
            std::vector<std::string> chunks;
            for (std::size_t at = 0; at < payload.size(); at += size)
                chunks.push_back(payload.substr(at, size));
            const auto span =
                must_index(one_table().block(1, 11).chunks(chunks).bytes, 3).spans.at(1);
            EXPECT_EQ(span.rows, 2U) << row;
            EXPECT_EQ(span.content, hash_of({row, row})) << row;
        }
    }
}

TEST(DumpParser, tells_the_lines_without_framing_and_end_marker) {
    const auto archive = sample_archive();
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, SIZE_MAX}) {
        std::map<std::int32_t, std::string> told;
        DumpParser parser;
        parser.on_rows = [&](std::int32_t id, View lines) -> Status {
            told[id] += text_of(lines);
            return {};
        };
        for (std::size_t at = 0; at < archive.size(); at += std::min(piece, archive.size())) {
            ASSERT_TRUE(
                parser.push(View{archive}.subspan(at, std::min(piece, archive.size() - at))));
        }
        EXPECT_TRUE(parser.finish());
        EXPECT_EQ(told, (std::map<std::int32_t, std::string>{{11, "one\n\\\\.\n\n\\N\nlast\n"}}));
    }
}

TEST(DumpParser, stops_with_the_error_of_who_is_told) {
    DumpParser parser;
    parser.on_rows = [](std::int32_t, View) -> Status { return fail(Code::exhausted, "full"); };
    const auto archive = sample_archive();
    EXPECT_EQ(parser.push(archive).error().code(), Code::exhausted);
    EXPECT_EQ(parser.push(archive).error().code(), Code::exhausted);
    EXPECT_EQ(parser.finish().error().code(), Code::exhausted);
}

TEST(DumpParser, shows_the_table_of_contents_once_it_went_by) {
    const auto archive = sample_archive();
    const auto length = (**parse_toc(archive, MiB)).second;
    DumpParser parser;
    EXPECT_EQ(parser.toc(), nullptr);
    ASSERT_TRUE(parser.push(View{archive}.first(length - 1)));
    EXPECT_EQ(parser.toc(), nullptr);
    ASSERT_TRUE(parser.push(View{archive}.subspan(length - 1, 1)));
    ASSERT_NE(parser.toc(), nullptr);
    EXPECT_EQ(parser.toc()->entries.size(), 5U);
}

TEST(DumpParser, a_dump_without_data_is_just_a_header) {
    const auto archive = ArchiveBytes{}.head(15, 1).entry(15, {}).bytes;
    const auto index = must_index(archive);
    ASSERT_EQ(index.spans.size(), 1U);
    EXPECT_EQ(index.spans[0].bytes, archive.size());
}

TEST(DumpParser, every_promised_block_must_be_there_once) {
    expect_refused(one_table().bytes, "without public.orders");
    expect_refused(one_table().rows(11, {}).rows(11, {}).bytes, "public.orders is there twice");
    expect_refused(one_table().rows(11, {}).rows(12, {}).bytes, "entry 12");
    expect_refused(one_table().rows(11, {}).byte(0).bytes, "breaks off");
    expect_refused(one_table().rows(11, {}).raw("anything").bytes, "no data block begins here");
    expect_refused(one_table().block(3, 11).number(0).bytes, "kind 3 instead of rows");
}

TEST(DumpParser, a_block_must_be_where_the_table_of_contents_says) {
    ArchiveBytes archive;
    archive.head(16, 1);
    const auto entry = [&](std::uint64_t offset) {
        return ArchiveBytes::Entry{.id = 11,
                                   .desc = "TABLE DATA",
                                   .data = true,
                                   .copy = "COPY",
                                   .state = 2,
                                   .offset = offset};
    };
    const auto length = ArchiveBytes{archive}.entry(16, entry(0)).bytes.size();
    must_index(ArchiveBytes{archive}.entry(16, entry(length)).rows(11, {}).bytes);
    expect_refused(ArchiveBytes{archive}.entry(16, entry(length + 1)).rows(11, {}).bytes,
                   "should be at byte");
}

TEST(DumpParser, the_end_marker_must_be_there_and_be_the_end) {
    const auto rows = [](const std::vector<std::string>& chunks) {
        return one_table().block(1, 11).chunks(chunks).bytes;
    };
    must_index(rows({"a\n", "\\.\n\n\n"}));
    for (const auto& chunks : std::vector<std::vector<std::string>>{
             {}, {"a\n"}, {"a\n\\."}, {"a\n\\.\n"}, {"a\n\\.\n\n"}, {"a\\.\n\n\n"}}) {
        expect_refused(rows(chunks), "without their end marker");
    }
    expect_refused(rows({"\\.\n\n\n\n"}), "rows after the end marker");
    expect_refused(rows({"\\.\n\n\n", "a\n"}), "rows after the end marker");
    expect_refused(rows({"\\.\n", "a\n"}), "rows after the end marker");
}

TEST(DumpParser, chunk_lengths_are_checked) {
    expect_refused(one_table().block(1, 11).number(-5).bytes, "broken chunk length");
    expect_refused(one_table().block(1, 11).byte(0).raw("\xff\xff\xff\xff").bytes,
                   "broken chunk length");
}

TEST(DumpParser, compressed_data_is_unsupported) {
    for (const unsigned minor : {14U, 15U}) {
        ArchiveBytes archive;
        archive.head(minor, 1, 1);
        archive.entry(minor, {.id = 11, .desc = "TABLE DATA", .data = true, .copy = "COPY"});
        expect_refused(archive.bytes, "compressed", Code::unsupported);
        must_index(ArchiveBytes{}.head(minor, 0, 1).bytes);
    }
}

TEST(DumpParser, insert_statements_and_unknown_data_are_unsupported) {
    expect_refused(ArchiveBytes{}.head(16, 1).entry(16, {.desc = "TABLE DATA", .data = true}).bytes,
                   "not dumped as COPY", Code::unsupported);
    expect_refused(ArchiveBytes{}.head(16, 1).entry(16, {.desc = "PICTURES", .data = true}).bytes,
                   "unknown kind 'PICTURES'", Code::unsupported);
}

TEST(DumpParser, groups_of_large_objects_are_told_apart) {
    ArchiveBytes archive;
    archive.head(16, 2);
    archive.entry(16, {.id = 1, .desc = "BLOBS", .tag = "5..6", .schema = Text{}, .data = true});
    archive.entry(16, {.id = 2, .desc = "BLOBS", .tag = "7", .schema = Text{}, .data = true});
    archive.block(3, 1).number(5).chunks({"a"}).number(6).chunks({"a"}).number(0);
    archive.block(3, 2).number(7).chunks({"a"}).number(0);
    const auto index = must_index(archive.bytes);
    ASSERT_EQ(index.spans.size(), 3U);
    EXPECT_EQ(index.spans[1].object, "large objects 5..6");
    EXPECT_EQ(index.spans[1].rows, 2U);
    EXPECT_EQ(index.spans[2].object, "large objects 7");
}

TEST(DumpParser, the_content_of_large_objects_does_not_depend_on_order_or_chunks) {
    const auto content = [](const std::function<void(ArchiveBytes&)>& write) {
        ArchiveBytes archive;
        archive.head(16, 1).entry(16, {.id = 1, .desc = "BLOBS", .tag = "BLOBS", .data = true});
        archive.block(3, 1);
        write(archive);
        return must_index(archive.number(0).bytes).spans.at(1).content;
    };
    const auto right = content([](auto& to) { to.number(5).chunks({"ab"}).number(6).chunks({}); });
    EXPECT_EQ(right,
              content([](auto& to) { to.number(6).chunks({}).number(5).chunks({"a", "b"}); }));
    EXPECT_NE(right, content([](auto& to) { to.number(6).chunks({"ab"}).number(5).chunks({}); }));
}

TEST(DumpParser, the_index_goes_through_json_and_back) {
    const auto index = must_index(sample_archive());
    const auto again = json::read<DumpIndex>(json::write(index));
    ASSERT_TRUE(again);
    EXPECT_EQ(first_difference(index, *again), std::nullopt);
}

}  // namespace
}  // namespace ds::engines::postgres
