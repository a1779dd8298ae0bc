#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/postgres/dump_format/toc_edit.hpp"

namespace ds::engines::postgres {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Ids = std::vector<std::int32_t>;

TocEntry entry(std::int32_t id, std::string desc, std::string tag, Ids needs = {},
               std::string defn = ";\n") {
    TocEntry entry;
    entry.dump_id = id, entry.desc = std::move(desc), entry.tag = std::move(tag);
    entry.schema = "public", entry.dependencies = std::move(needs), entry.defn = std::move(defn);
    return entry;
}

/// In the way pg_dump 18 lists them.
Toc shop() {
    Toc toc;
    toc.entries = {
        entry(1, "ENCODING", "ENCODING"),
        entry(2, "DATABASE", "shop"),
        entry(3, "EXTENSION", "citext"),
        entry(4, "TYPE", "mood", {3}),
        entry(5, "FUNCTION", "touch()"),
        entry(10, "TABLE", "orders", {4, 4}),
        entry(11, "COMMENT", "TABLE orders", {10}),
        entry(12, "ACL", "TABLE orders", {10}),
        entry(13, "ACL", "COLUMN orders.id", {10, 12}),
        entry(14, "VIEW", "big", {10}),
        entry(15, "TABLE", "customers"),
        entry(16, "SEQUENCE", "customers_id_seq", {15}),
        entry(17, "SEQUENCE OWNED BY", "customers_id_seq", {16}),
        entry(18, "SEQUENCE", "free"),
        entry(19, "TABLE", "orders old", {18}),
        entry(30, "DEFAULT", "customers id", {16, 15, 15}),
        entry(31, "TABLE DATA", "customers", {15}),
        entry(32, "TABLE DATA", "orders", {10}),
        entry(33, "SEQUENCE SET", "customers_id_seq", {16}),
        entry(34, "SEQUENCE SET", "free", {18}),
        entry(35, "TABLE DATA", "orders old", {19}),
        entry(40, "CONSTRAINT", "customers customers_pkey", {15}),
        entry(41, "CONSTRAINT", "orders orders_pkey", {10}),
        entry(42, "INDEX", "orders_note", {10, 10}),
        entry(43, "COMMENT", "INDEX orders_note", {42}),
        entry(44, "STATISTICS", "orders_st", {10}),
        entry(45, "RULE", "orders quiet", {10, 10}),
        entry(46, "TRIGGER", "orders touch_it", {5, 10}),
        entry(47, "COMMENT", "TRIGGER touch_it ON orders", {46}),
        entry(48, "FK CONSTRAINT", "orders fk", {15, 10, 40}),
        entry(49, "POLICY", "orders mine", {10, 15}),
        entry(50, "POLICY", "orders old mine", {19, 10}),
        entry(51, "ROW SECURITY", "orders", {10}),
        entry(52, "PUBLICATION TABLE", "pub orders", {10}),
        entry(53, "STATISTICS DATA", "orders_note", {42}),
    };
    return toc;
}

Toc partitioned() {
    Toc toc;
    toc.entries = {
        entry(10, "TABLE", "events"),
        entry(11, "TABLE", "e25", {10}),
        entry(12, "TABLE", "e26", {10}),
        entry(13, "TABLE", "e26a", {12}),
        entry(20, "TABLE ATTACH", "e25", {11, 10}),
        entry(21, "TABLE ATTACH", "e26", {12, 10}),
        entry(22, "TABLE ATTACH", "e26a", {13, 12}),
        entry(30, "TABLE DATA", "e25", {11}),
        entry(31, "TABLE DATA", "e26a", {13}),
        entry(40, "INDEX", "ix", {10}),
        entry(41, "INDEX", "ix25", {11, 40}),
        entry(42, "INDEX", "ix26", {12, 40}),
        entry(43, "INDEX", "ix26a", {13, 42}),
        entry(50, "INDEX ATTACH", "ix25", {41, 40, 11, 10}),
        entry(51, "INDEX ATTACH", "ix26", {42, 40, 12, 10}),
        entry(52, "INDEX ATTACH", "ix26a", {43, 42, 13, 12}),
    };
    return toc;
}

Ids ids_of(const Selection& selection) {
    Ids ids;
    for (const auto& each : selection.toc.entries) ids.push_back(each.dump_id);
    return ids;
}

Selection select(const Toc& toc, const std::vector<TableName>& tables) {
    auto selection = select_tables(toc, tables);
    EXPECT_TRUE(selection) << selection.error().message();
    return selection ? *selection : Selection{};
}

TEST(SelectTables, takes_all_that_belongs_to_a_table) {
    const auto orders = select(shop(), {{"public", "orders"}});
    EXPECT_THAT(ids_of(orders),
                ElementsAre(1, 10, 11, 12, 13, 32, 41, 42, 43, 44, 45, 46, 47, 49, 51, 53));
    EXPECT_THAT(orders.left_out,
                ElementsAre("FK CONSTRAINT public.orders fk (needs public.customers)",
                            "PUBLICATION TABLE public.pub orders"));
}

TEST(SelectTables, lists_what_else_must_be_there) {
    EXPECT_EQ(select(shop(), {{"public", "orders"}}).needed, (Ids{3, 4, 5, 15}));
    EXPECT_EQ(select(shop(), {{"public", "orders old"}}).needed, (Ids{4 - 1, 4, 10, 18}));
    EXPECT_THAT(select(shop(), {{"public", "customers"}}).needed, IsEmpty());
}

TEST(SelectTables, takes_owned_sequences_with_their_positions) {
    EXPECT_THAT(ids_of(select(shop(), {{"", "customers"}})),
                ElementsAre(1, 15, 16, 17, 30, 31, 33, 40));
}

TEST(SelectTables, takes_foreign_keys_when_both_ends_are_there) {
    const auto both = select(shop(), {{"public", "customers"}, {"public", "orders"}});
    EXPECT_THAT(ids_of(both), ::testing::Contains(48));
    EXPECT_THAT(both.left_out, ElementsAre("PUBLICATION TABLE public.pub orders"));
}

TEST(SelectTables, is_not_misled_by_blanks_in_names) {
    EXPECT_THAT(ids_of(select(shop(), {{"public", "orders old"}})), ElementsAre(1, 19, 35, 50));
}

TEST(SelectTables, partitioned_tables_bring_their_partitions) {
    const auto all = select(partitioned(), {{"public", "events"}});
    EXPECT_EQ(all.toc.entries.size(), partitioned().entries.size());
    EXPECT_EQ(all.tables.size(), 4U);
    const auto half = select(partitioned(), {{"public", "e26"}});
    EXPECT_THAT(ids_of(half), ElementsAre(12, 13, 22, 31, 42, 43, 52));
    EXPECT_THAT(half.needed, IsEmpty());
    EXPECT_THAT(half.left_out, ElementsAre("TABLE ATTACH public.e26 (needs public.events)"));
}

TEST(SelectTables, partitions_that_attach_themselves_are_torn_off) {
    Toc toc;
    const std::string create = "CREATE TABLE public.e25 (a text DEFAULT 'ATTACH PARTITION;');\n";
    const std::string attach =
        "ALTER TABLE ONLY public.events ATTACH PARTITION public.e25 DEFAULT;\n";
    toc.entries = {entry(10, "TABLE", "events"), entry(11, "TABLE", "e25", {10}, create + attach),
                   entry(12, "TABLE DATA", "e25", {11})};
    const auto all = select(toc, {{"public", "events"}});
    EXPECT_THAT(ids_of(all), ElementsAre(10, 11, 12));
    EXPECT_EQ(all.toc.find(11)->defn, create + attach);
    const auto one = select(toc, {{"public", "e25"}});
    EXPECT_THAT(ids_of(one), ElementsAre(11, 12));
    EXPECT_EQ(one.toc.find(11)->defn, create);
    EXPECT_THAT(one.needed, IsEmpty());
    EXPECT_THAT(one.left_out, ElementsAre("TABLE public.e25 as a partition (needs public.events)"));
}

TEST(SelectTables, names_that_are_no_table_or_several_are_refused) {
    auto toc = shop();
    EXPECT_EQ(select_tables(toc, {{"public", "big"}}).error().code(), Code::not_found);
    EXPECT_EQ(select_tables(toc, {{"sales", "orders"}}).error().code(), Code::not_found);
    toc.entries.push_back(entry(99, "TABLE", "orders"));
    toc.entries.back().schema = "sales";
    EXPECT_EQ(select_tables(toc, {{"", "orders"}}).error().code(), Code::invalid);
    EXPECT_THAT(ids_of(select(toc, {{"sales", "orders"}})), ElementsAre(1, 99));
}

}  // namespace
}  // namespace ds::engines::postgres
