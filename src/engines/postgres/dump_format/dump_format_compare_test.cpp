#include <gtest/gtest.h>

#include "engines/postgres/dump_format/dump_format.hpp"

namespace ds::engines::postgres {
namespace {

DumpIndex sample() {
    DumpIndex index;
    index.spans.push_back({SpanKind::header, 0, "", 0, 100, 0, "aa", ""});
    index.spans.push_back({SpanKind::rows, 7, "public.orders", 100, 50, 12, "bb", "c0"});
    index.spans.push_back({SpanKind::blobs, 8, "large objects", 150, 50, 3, "cc", "c1"});
    index.bytes = 200;
    return index;
}

std::string difference(const std::function<void(DumpIndex&)>& change) {
    auto found = sample();
    change(found);
    return first_difference(sample(), found).value_or("none");
}

TEST(FirstDifference, is_none_between_equals) {
    EXPECT_EQ(difference([](auto&) {}), "none");
}

TEST(FirstDifference, names_the_object_and_what_differs) {
    EXPECT_EQ(difference([](auto& it) { it.spans[1].rows = 10; }), "public.orders: 10 rows of 12");
    EXPECT_EQ(difference([](auto& it) { it.spans[2].rows = 2; }), "large objects: 2 objects of 3");
    EXPECT_EQ(difference([](auto& it) { it.spans[1].content = "c9"; }),
              "public.orders: same number of rows, but other content");
    EXPECT_EQ(difference([](auto& it) { it.spans[1].bytes = 49; }),
              "public.orders: 49 bytes of 50");
    EXPECT_EQ(difference([](auto& it) { it.spans[1].sha256 = "b0"; }),
              "public.orders: other bytes (SHA-256 differs)");
    EXPECT_EQ(difference([](auto& it) { it.spans[0].sha256 = "b0"; }),
              "table of contents: other bytes (SHA-256 differs)");
    EXPECT_EQ(difference([](auto& it) { it.spans[1].offset = 1; }),
              "public.orders: at another place");
    EXPECT_EQ(difference([](auto& it) { it.spans[1].object = "x"; }), "public.orders: other name");
    EXPECT_EQ(difference([](auto& it) { it.spans[1].kind = SpanKind::blobs; }),
              "public.orders: other kind of data");
    EXPECT_EQ(difference([](auto& it) { it.bytes = 199; }), "the whole: 199 bytes of 200");
}

TEST(FirstDifference, names_what_is_missing_or_too_much) {
    EXPECT_EQ(difference([](auto& it) { it.spans.erase(it.spans.begin() + 1); }),
              "public.orders: missing");
    EXPECT_EQ(difference([](auto& it) {
                  it.spans.push_back({SpanKind::rows, 9, "public.x", 0, 0, 0, "", ""});
              }),
              "public.x: not expected");
    EXPECT_EQ(difference([](auto& it) { it.spans.push_back(it.spans[1]); }),
              "public.orders: there twice");
}

}  // namespace
}  // namespace ds::engines::postgres
