#include "engines/postgres/restore/beside_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/postgres/restore/database_entries.hpp"
#include "engines/postgres/restore/database_form.hpp"

namespace ds::engines::postgres {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TocEntry entry(std::string desc, std::string sql) {
    TocEntry made;
    made.desc = std::move(desc);
    made.tag = "DATABASE shop";
    made.defn = std::move(sql);
    return made;
}

TEST(BesideName, keeps_within_what_names_may_have_and_whole_characters) {
    EXPECT_EQ(beside_name("shop", "restoring", "abc"), "shop__restoring_abc");
    const std::string accents = "é";
    std::string long_name;
    for (int i = 0; i < 31; ++i) long_name += accents;
    const auto name = beside_name(long_name, "restoring", "abcdefgh");
    EXPECT_LE(name.size(), 63U);
    EXPECT_EQ((name.size() - std::string{"__restoring_abcdefgh"}.size()) % 2, 0U);
    EXPECT_THAT(name, ::testing::EndsWith("é__restoring_abcdefgh"));
}

TEST(DatabaseForms, take_the_backups_locale_then_the_targets_then_any) {
    Facts facts;
    facts.encoding = "UTF8";
    facts.collate = facts.ctype = "de_DE.UTF-8";
    facts.locale_provider = "libc";
    TargetState target;
    target.version = 120022;
    auto forms = database_forms(facts, target, false);
    ASSERT_EQ(forms.size(), 1U);
    EXPECT_EQ(forms[0].options, "ENCODING 'UTF8' LC_COLLATE 'de_DE.UTF-8' LC_CTYPE 'de_DE.UTF-8'");
    EXPECT_EQ(forms[0].note, "");

    target.exists = true;
    target.encoding = "UTF8";
    target.collate = target.ctype = "C";
    target.version = 170010;
    forms = database_forms(facts, target, true);
    ASSERT_EQ(forms.size(), 4U);
    EXPECT_THAT(forms[0].options, HasSubstr("LOCALE_PROVIDER libc"));
    EXPECT_THAT(forms[1].note, HasSubstr("as the target had it"));
    EXPECT_THAT(forms[3].options, HasSubstr("LC_COLLATE 'C'"));
}

TEST(DatabaseForms, know_which_version_has_which_provider) {
    Facts facts;
    facts.encoding = "UTF8";
    facts.collate = facts.ctype = "C";
    facts.locale_provider = "builtin";
    facts.locale = "C.UTF-8";
    TargetState target;
    target.version = 160000;
    EXPECT_THAT(database_forms(facts, target, false), IsEmpty());
    target.version = 170000;
    EXPECT_THAT(database_forms(facts, target, false)[0].options,
                HasSubstr("BUILTIN_LOCALE 'C.UTF-8'"));
    facts.locale_provider = "icu";
    facts.icu_rules = "& a < b";
    EXPECT_THAT(database_forms(facts, target, false)[0].options, HasSubstr("ICU_RULES '& a < b'"));
    target.version = 150000;
    EXPECT_THAT(database_forms(facts, target, false)[0].options,
                ::testing::Not(HasSubstr("ICU_RULES")));
}

TEST(DatabaseEntries, change_the_name_of_the_database_and_nothing_that_looks_like_it) {
    const auto grants = statements_for(
        entry("ACL",
              "REVOKE ALL ON DATABASE shop FROM shop;\nGRANT CONNECT ON DATABASE shop TO shop;\n"),
        "new \"one", {});
    EXPECT_THAT(*grants, ElementsAre("REVOKE ALL ON DATABASE \"new \"\"one\" FROM shop;",
                                     "GRANT CONNECT ON DATABASE \"new \"\"one\" TO shop;"));
    const auto comment = statements_for(
        entry("COMMENT", "COMMENT ON DATABASE shop IS 'DATABASE shop; is';\n"), "b", {});
    EXPECT_THAT(*comment, ElementsAre("COMMENT ON DATABASE \"b\" IS 'DATABASE shop; is';"));
}

TEST(DatabaseEntries, map_roles_of_settings_and_leave_out_being_a_template) {
    const auto settings = statements_for(
        entry("DATABASE PROPERTIES",
              "ALTER DATABASE shop IS_TEMPLATE = true;\nALTER DATABASE shop CONNECTION LIMIT = 5;\n"
              "ALTER ROLE app IN DATABASE shop SET search_path TO 'app', 'shop';\n"
              "ALTER DATABASE shop SET \"my.is_template\" TO 'x';\n"),
        "b", {{"app", "web"}});
    EXPECT_THAT(
        *settings,
        ElementsAre("ALTER DATABASE \"b\" CONNECTION LIMIT = 5;",
                    "ALTER ROLE \"web\" IN DATABASE \"b\" SET search_path TO 'app', 'shop';",
                    "ALTER DATABASE \"b\" SET \"my.is_template\" TO 'x';"));
}

TEST(DatabaseEntries, broken_sql_is_an_error) {
    EXPECT_FALSE(statements_for(entry("COMMENT", "COMMENT ON DATABASE shop IS 'x"), "b", {}));
}

}  // namespace
}  // namespace ds::engines::postgres
