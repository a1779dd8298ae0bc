#include "engines/postgres/facts/facts.hpp"

#include <gtest/gtest.h>

#include "engines/postgres/facts/globals.hpp"

namespace ds::engines::postgres {
namespace {

Facts small() {
    Facts facts;
    facts.database = "shop";
    facts.encoding = "UTF8";
    facts.locale_provider = "libc";
    facts.tables = {{"public", "orders", "table", "id", 10, 8192, "aa", "101"},
                    {"public", "Odd \"Name\"", "table", "id", 0, 0, "", "102"},
                    {"public", "totals", "materialized view", "n", 3, 8192, "", "103"}};
    facts.sequences = {{"public", "up", 42, true, 1, false},
                       {"public", "down", -5, true, -1, false},
                       {"public", "round", 3, true, 1, true}};
    facts.extensions = {{"hstore", "1.8", "public"}};
    facts.large_objects = 2;
    facts.objects = {{"function", "f()", "1"},
                     {"grant", "relation public.orders", "2"},
                     {"table", "public.orders", "3"}};
    facts.settings = {{std::nullopt, "work_mem", "4MB"}, {"reader", "work_mem", "8MB"}};
    return facts;
}

model::Check check_named(const std::string& name, const Facts& actual) {
    for (const auto& check : compare_facts(small(), actual)) {
        if (check.name == name) return check;
    }
    ADD_FAILURE() << "no check " << name;
    return {};
}

TEST(CompareFacts, equal_facts_pass_every_check) {
    for (const auto& check : compare_facts(small(), small())) {
        EXPECT_TRUE(check.ok) << check.name << ": " << check.detail;
        EXPECT_EQ(check.detail, "");
        EXPECT_GT(check.compared, 0) << check.name;
    }
}

TEST(CompareFacts, a_missing_table_and_a_missing_row_are_named) {
    auto actual = small();
    actual.tables.erase(actual.tables.begin() + 1);
    actual.tables[0].rows = 9;
    EXPECT_EQ(check_named("row counts", actual).detail,
              "public.orders has 9 rows instead of 10; public.\"Odd \"\"Name\"\"\" is missing");
}

TEST(CompareFacts, materialized_views_are_not_compared_by_rows) {
    auto actual = small();
    actual.tables[2].rows = 99;
    EXPECT_TRUE(check_named("row counts", actual).ok);
}

TEST(CompareFacts, other_contents_are_noticed_where_both_were_hashed) {
    auto actual = small();
    actual.tables[0].content = "bb";
    EXPECT_EQ(check_named("row contents", actual).detail, "public.orders has other rows");
    actual.tables[0].content = "";
    EXPECT_EQ(check_named("row contents", actual).compared, 0);
}

TEST(CompareFacts, sequences_may_be_ahead_in_their_direction_but_not_behind) {
    auto actual = small();
    actual.sequences[0].last_value = 43;
    actual.sequences[1].last_value = -6;
    actual.sequences[2].last_value = 1;
    EXPECT_TRUE(check_named("sequences", actual).ok);
    actual.sequences[0].last_value = 41;
    actual.sequences[1].last_value = -4;
    EXPECT_EQ(check_named("sequences", actual).detail,
              "public.up is at 41, behind 42; public.down is at -4, behind -5");
    actual = small();
    actual.sequences[0].is_called = false;
    EXPECT_FALSE(check_named("sequences", actual).ok) << "it would give out 42 again";
}

TEST(CompareFacts, a_changed_an_absent_and_a_strange_object_are_told_apart) {
    auto actual = small();
    actual.objects = {{"function", "g()", "1"},
                      {"grant", "relation public.orders", "x"},
                      {"table", "public.orders", "3"}};
    EXPECT_EQ(check_named("schema", actual).detail,
              "function f() is missing; function g() was not in the backup");
    EXPECT_EQ(check_named("owners and grants", actual).detail,
              "grant relation public.orders is defined differently");
}

TEST(CompareFacts, database_properties_extensions_and_large_objects_count) {
    auto actual = small();
    actual.encoding = "LATIN1";
    actual.settings.pop_back();
    actual.extensions.clear();
    actual.large_objects = 1;
    EXPECT_EQ(check_named("database", actual).detail,
              "encoding is LATIN1 instead of UTF8; setting work_mem for reader is  instead of 8MB");
    EXPECT_EQ(check_named("extensions", actual).detail, "hstore is missing");
    EXPECT_FALSE(check_named("large objects", actual).ok);
}

TEST(CompareFacts, a_long_list_of_differences_is_cut) {
    auto expected = small(), actual = small();
    for (int i = 0; i < 100; ++i)
        expected.objects.push_back({"table", "public.t" + std::to_string(i), "1"});
    for (const auto& check : compare_facts(expected, actual)) {
        if (check.name != "schema") continue;
        EXPECT_FALSE(check.ok);
        EXPECT_NE(check.detail.find("and 80 more"), std::string::npos) << check.detail;
    }
}

TEST(Facts, survive_json) {
    const auto text = json::write(small());
    const auto again = json::read<Facts>(text);
    ASSERT_TRUE(again.has_value()) << again.error().message();
    EXPECT_EQ(json::write(*again), text);
}

TEST(Settings, become_statements_with_lists_taken_apart) {
    EXPECT_EQ(settings_sql("a\"b", {{std::nullopt, "work_mem", "it's"},
                                    {"R", "search_path", "\"$user\", public, \"a,\"\"b\""},
                                    {std::nullopt, "my.setting", "back\\slash"},
                                    {std::nullopt, "search_path", "\"\""}}),
              "ALTER DATABASE \"a\"\"b\" SET \"work_mem\" TO 'it''s';\n"
              "ALTER ROLE \"R\" IN DATABASE \"a\"\"b\" SET \"search_path\" TO '$user', 'public', "
              "'a,\"b';\n"
              "ALTER DATABASE \"a\"\"b\" SET \"my\".\"setting\" TO  E'back\\\\slash';\n"
              "ALTER DATABASE \"a\"\"b\" SET \"search_path\" TO '';\n");
}

TEST(Loosened, forgets_what_reading_an_expression_in_again_changes) {
    EXPECT_EQ(loosened("((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character "
                       "varying])::text[]))"),
              loosened("((status)::text = ANY (ARRAY[('a'::character varying)::text, "
                       "('b'::character varying)::text]))"));
    EXPECT_NE(loosened("(a = 'x y')"), loosened("(a = 'xy')")) << "what is quoted counts";
    EXPECT_NE(loosened("(a > 1)"), loosened("(a > 2)"));
    EXPECT_NE(loosened("\"a b\""), loosened("\"ab\""));
}

TEST(Unqualified, leaves_the_last_part_of_a_name_and_everything_else) {
    EXPECT_EQ(unqualified("SELECT a.id, b.\"Odd Name\" FROM (web.a JOIN web.b ON ((a.id = b.id)))"),
              unqualified("SELECT id, \"Odd Name\" FROM (web.a JOIN web.b ON ((a.id = b.id)))"));
    EXPECT_EQ(unqualified("x.y.z + 1.5 + 'a.b' + \"p\".\"q\""), "z+1.5+'a.b'+\"q\"");
    EXPECT_EQ(unqualified("'unfinished a.b"), "'unfinished a.b");
}

}  // namespace
}  // namespace ds::engines::postgres
