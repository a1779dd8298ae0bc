#include "engines/postgres/dump_format/toc_edit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

using ::testing::ElementsAre;

TocEntry entry(std::int32_t id, std::string desc, std::string tag, std::string defn,
               std::string owner = "alice") {
    TocEntry entry;
    entry.dump_id = id, entry.desc = std::move(desc), entry.tag = std::move(tag);
    entry.schema = "public", entry.defn = std::move(defn), entry.owner = std::move(owner);
    entry.had_dumper = entry.desc == "TABLE DATA";
    return entry;
}

Toc sample() {
    Toc toc;
    toc.entries = {
        entry(1, "TABLE", "t", "CREATE TABLE public.t (note text DEFAULT 'GRANT A TO nobody');\n"),
        entry(2, "ACL", "TABLE t",
              "GRANT SELECT ON TABLE public.t TO bob;\nGRANT ALL ON TABLE public.t TO carol;\n"),
        entry(3, "ACL", "TABLE u", "GRANT ALL ON TABLE public.u TO carol;\n", "carol"),
        entry(4, "POLICY", "t p", "CREATE POLICY p ON public.t TO carol, bob USING (true);\n"),
        entry(5, "POLICY", "t q", "CREATE POLICY q ON public.t TO carol USING (true);\n"),
        entry(6, "USER MAPPING", "USER MAPPING carol SERVER s",
              "CREATE USER MAPPING FOR carol SERVER s;\n"),
        entry(7, "DEFAULT ACL", "DEFAULT PRIVILEGES FOR TABLES",
              "ALTER DEFAULT PRIVILEGES FOR ROLE dave GRANT ALL ON TABLES TO PUBLIC;\n", "dave"),
        entry(8, "TABLE DATA", "t", ""),
        entry(9, "SEQUENCE SET", "s", "SELECT 1;\n"),
    };
    return toc;
}

TEST(WithoutData, keeps_everything_but_entries_with_data) {
    const auto schema = without_data(sample());
    EXPECT_EQ(schema.entries.size(), 8U);
    EXPECT_EQ(schema.find(8), nullptr);
    EXPECT_NE(schema.find(9), nullptr);
}

TEST(Roles, owners_and_named_roles_are_listed) {
    EXPECT_THAT(owners(sample()), ElementsAre("alice", "carol", "dave"));
    EXPECT_THAT(roles_named(sample()).value(), ElementsAre("bob", "carol", "dave"));
}

TEST(Roles, are_renamed_as_owners_and_in_statements) {
    auto toc = sample();
    ASSERT_TRUE(rename_roles(toc, {{"alice", "anna"}, {"carol", "Carla"}, {"x", "y"}}));
    EXPECT_THAT(owners(toc), ElementsAre("Carla", "anna", "dave"));
    EXPECT_THAT(roles_named(toc).value(), ElementsAre("Carla", "bob", "dave"));
    EXPECT_EQ(toc.find(1)->defn, sample().find(1)->defn);
}

TEST(Roles, that_are_missing_leave_no_trace) {
    auto toc = sample();
    const auto notes = drop_roles(toc, {"carol", "dave"});
    ASSERT_TRUE(notes);
    EXPECT_THAT(owners(toc), ElementsAre("alice"));
    EXPECT_THAT(roles_named(toc).value(), ElementsAre("bob"));
    EXPECT_EQ(toc.find(2)->defn, "GRANT SELECT ON TABLE public.t TO bob;\n");
    EXPECT_EQ(toc.find(4)->defn, "CREATE POLICY p ON public.t TO bob USING (true);\n");
    for (const int gone : {3, 5, 6, 7}) EXPECT_EQ(toc.find(gone), nullptr) << gone;
    EXPECT_THAT(*notes, ElementsAre("GRANT ALL ON TABLE public.t TO carol;",
                                    "GRANT ALL ON TABLE public.u TO carol;",
                                    "CREATE POLICY q ON public.t TO carol USING (true);",
                                    "CREATE USER MAPPING FOR carol SERVER s;",
                                    "ALTER DEFAULT PRIVILEGES FOR ROLE "
                                    "dave GRANT ALL ON TABLES TO PUBLIC;"));
}

TEST(Roles, nothing_changes_when_none_is_missing) {
    auto toc = sample();
    EXPECT_TRUE(drop_roles(toc, {"nobody"})->empty());
    EXPECT_EQ(write_toc(toc), write_toc(sample()));
}

TEST(Roles, broken_sql_is_refused_with_its_place) {
    auto toc = sample();
    toc.entries[1].defn = "GRANT ALL ON TABLE \"t TO carol;";
    for (const auto& error : {roles_named(toc).error(), drop_roles(toc, {"x"}).error(),
                              rename_roles(toc, {}).error()}) {
        EXPECT_EQ(error.code(), Code::corrupt);
        EXPECT_THAT(error.message(), ::testing::HasSubstr("ACL public.TABLE t"));
    }
}

TEST(TableName, is_read_by_the_rules_of_sql) {
    const auto is = [](std::string_view text, std::string_view schema, std::string_view table) {
        const auto name = TableName::parse(text);
        return name && name->schema == schema && name->table == table;
    };
    EXPECT_TRUE(is("public.orders", "public", "orders"));
    EXPECT_TRUE(is(" Public . ORDERS ", "public", "orders"));
    EXPECT_TRUE(is("orders", "", "orders"));
    EXPECT_TRUE(is("sales.\"Odd.\"\"Name\"\"\"", "sales", "Odd.\"Name\""));
    EXPECT_TRUE(is("größe.straße", "größe", "straße"));
    for (const auto* wrong : {"", ".", "a.", ".a", "a.b.c", "a b", "a;b", "\"a", "'a'", "a.*", "1",
                              "a.b;", "\"\"", "a.\"\""}) {
        EXPECT_FALSE(TableName::parse(wrong)) << wrong;
    }
}

TEST(TableName, is_written_so_that_it_can_be_read) {
    for (const auto& name : {TableName{"public", "orders"}, TableName{"", "Orders"},
                             TableName{"a b", "c\"d.e"}, TableName{"", "1a"}}) {
        const auto again = TableName::parse(name.text());
        ASSERT_TRUE(again) << name.text();
        EXPECT_EQ(again->schema, name.schema);
        EXPECT_EQ(again->table, name.table);
    }
    EXPECT_EQ((TableName{"public", "orders"}.text()), "public.orders");
}

}  // namespace
}  // namespace ds::engines::postgres
