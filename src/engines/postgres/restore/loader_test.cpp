#include "engines/postgres/restore/loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

Span rows(std::int32_t id, std::uint64_t offset, std::uint64_t bytes, std::uint64_t count = 1) {
    Span span;
    span.kind = SpanKind::rows;
    span.dump_id = id;
    span.offset = offset;
    span.bytes = bytes;
    span.rows = count;
    return span;
}

std::vector<std::vector<std::int32_t>> ids(const std::vector<std::vector<Span>>& batches) {
    std::vector<std::vector<std::int32_t>> all;
    for (const auto& batch : batches) {
        all.emplace_back();
        for (const auto& span : batch) all.back().push_back(span.dump_id);
    }
    return all;
}

TEST(CopyStatement, takes_pg_dumps_form_and_no_other) {
    const std::string from_dump = "COPY public.\"a (b\" (id, \"FROM stdin;\") FROM stdin;\n";
    EXPECT_EQ(copy_in_statement(from_dump, false),
              "COPY public.\"a (b\" (id, \"FROM stdin;\") FROM stdin");
    EXPECT_EQ(copy_in_statement(from_dump, true),
              "COPY public.\"a (b\" (id, \"FROM stdin;\") FROM stdin WITH (FREEZE)");
    EXPECT_FALSE(copy_in_statement("COPY t FROM '/etc/passwd';", false));
    EXPECT_FALSE(copy_in_statement("DROP TABLE t; COPY t FROM PROGRAM 'x';", false));
    EXPECT_FALSE(copy_in_statement("", false));
}

TEST(ReadingOrder, puts_the_largest_first_and_reads_small_neighbours_together) {
    const auto order = reading_order({rows(4, 9 * MiB, 100), rows(1, 100, 1000),
                                      rows(3, 2 * MiB, 7 * MiB), rows(2, 1100, 2 * MiB - 1100)});
    EXPECT_THAT(ids(order), ::testing::ElementsAre(std::vector<std::int32_t>{3},
                                                   std::vector<std::int32_t>{1, 2},
                                                   std::vector<std::int32_t>{4}));
}

TEST(ReadingOrder, leaves_out_what_has_no_rows_and_does_not_read_far_to_skip_it) {
    Span header;
    header.kind = SpanKind::header;
    header.bytes = 100;
    const auto order = reading_order(
        {header, rows(1, 100, 10), rows(2, 110, 10, 0), rows(3, 120, 10), rows(4, 50 * MiB, 10)});
    EXPECT_THAT(ids(order), ::testing::UnorderedElementsAre(std::vector<std::int32_t>{1, 3},
                                                            std::vector<std::int32_t>{4}));
}

}  // namespace
}  // namespace ds::engines::postgres
