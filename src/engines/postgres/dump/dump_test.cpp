#include "engines/postgres/dump/dump.hpp"

#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

struct Archive {
    Toc toc;
    DumpIndex index;
    Facts facts;

    Archive() {
        facts.tables = {{"public", "orders", "table", "id", 10, 0, "", "101"},
                        {"public", "totals", "materialized view", "n", 3, 0, "", "103"}};
        facts.large_objects = 3;
        TocEntry data;
        data.dump_id = 7;
        data.oid = "101";
        toc.entries = {data};
        Span rows, blobs;
        rows.kind = SpanKind::rows;
        rows.dump_id = 7;
        rows.rows = 10;
        rows.content = "hash";
        rows.object = "public.\xff";
        blobs.kind = SpanKind::blobs;
        blobs.rows = 3;
        index.spans = {rows, blobs};
    }
};

TEST(Agree, fills_in_hashes_and_readable_names_when_everything_is_there) {
    Archive archive;
    ASSERT_TRUE(agree(archive.toc, archive.index, archive.facts));
    EXPECT_EQ(archive.facts.tables[0].content, "hash");
    EXPECT_EQ(archive.index.spans[0].object, "public.orders");
}

TEST(Agree, a_row_less_or_more_than_the_snapshot_is_corrupt) {
    for (const std::uint64_t rows : {9u, 11u}) {
        Archive archive;
        archive.index.spans[0].rows = rows;
        const auto status = agree(archive.toc, archive.index, archive.facts);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code(), Code::corrupt);
        EXPECT_NE(status.error().message().find("public.orders"), std::string::npos);
    }
}

TEST(Agree, a_table_or_a_large_object_that_is_missing_is_corrupt) {
    Archive table;
    table.toc.entries[0].oid = "999";
    EXPECT_EQ(agree(table.toc, table.index, table.facts).error().code(), Code::corrupt);
    Archive blobs;
    blobs.index.spans.pop_back();
    EXPECT_EQ(agree(blobs.toc, blobs.index, blobs.facts).error().code(), Code::corrupt);
}

TEST(SourceId, is_made_of_the_database_name_and_its_identity) {
    const auto id = source_id_of("My Shop (2024) ünï", "7123", "16384");
    EXPECT_EQ(id.substr(0, id.size() - 8), "my-shop-2024-n-");
    EXPECT_EQ(id, source_id_of("My Shop (2024) ünï", "7123", "16384"));
    EXPECT_NE(id, source_id_of("My Shop (2024) ünï", "7124", "16384"));
    EXPECT_NE(id, source_id_of("My Shop (2024) ünï", "7123", "16385"));
    EXPECT_EQ(source_id_of("日本", "1", "2").substr(0, 3), "db-");
    EXPECT_LE(source_id_of(std::string(63, 'x'), "1", "2").size(), 50);
}

}  // namespace
}  // namespace ds::engines::postgres
