#include "engines/postgres/dump_format/toc_sql.hpp"

#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

std::vector<std::string> texts_of(std::string_view sql) {
    std::vector<std::string> texts;
    const auto statements = split_sql(sql);
    if (!statements) return {statements.error().message()};
    for (const auto& statement : *statements) texts.emplace_back(statement.text);
    return texts;
}

/// "use:role,role use:role", with "-" for PUBLIC and the like.
std::string roles_of(std::string_view sql) {
    static constexpr const char* uses[] = {"grantee", "grantor", "defaults",
                                           "session", "policy",  "mapping"};
    std::string text;
    const auto statements = split_sql(sql);
    for (const auto& statement : *statements) {
        for (const auto& list : role_lists(statement)) {
            text += (text.empty() ? "" : " ") + std::string{uses[static_cast<int>(list.use)]};
            for (const auto& token : list.roles) text += ":" + role_of(token).value_or("-");
        }
    }
    return text;
}

/// Without carol, and with bob as "Rob".
std::string changed(std::string_view sql) {
    auto out = change_roles(sql, [](const std::string& role) -> std::optional<std::string> {
        if (role == "carol") return {};
        return role == "bob" ? "Rob" : role;
    });
    return out ? out->sql : "error: " + out.error().message();
}

using Texts = std::vector<std::string>;

TEST(SplitSql, ends_statements_only_at_semicolons_of_their_own) {
    EXPECT_EQ(texts_of("A;\nB ;C"), (Texts{"A;", "\nB ;", "C"}));
    EXPECT_EQ(texts_of("A \";\" ';''' E'\\';' $$;$$ $x$;$$;$x$;B"),
              (Texts{"A \";\" ';''' E'\\';' $$;$$ $x$;$$;$x$;", "B"}));
    EXPECT_EQ(texts_of("A -- ;\n/* ; /* ; */ ; */;B"), (Texts{"A -- ;\n/* ; /* ; */ ; */;", "B"}));
    EXPECT_EQ(texts_of("  \n -- nothing\n"), Texts{});
    EXPECT_EQ(texts_of("a$b$c;d"), (Texts{"a$b$c;", "d"}));
}

TEST(SplitSql, refuses_what_never_ends) {
    for (const auto* sql : {"A 'b", "A \"b", "A $$b", "A /* b", "A E'\\'", "\"", "'"}) {
        EXPECT_FALSE(split_sql(sql)) << sql;
    }
}

TEST(RoleLists, finds_grantees) {
    EXPECT_EQ(roles_of("GRANT SELECT ON TABLE public.t TO alice;"), "grantee:alice");
    EXPECT_EQ(roles_of("GRANT SELECT(\"to\",b) ON TABLE public.\"TO\" TO \"Bob O\"\"Neil\" WITH "
                       "GRANT OPTION;"),
              "grantee:Bob O\"Neil");
    EXPECT_EQ(roles_of("REVOKE GRANT OPTION FOR ALL ON FUNCTION f(\"from\" integer) FROM PUBLIC;"),
              "grantee:-");
    EXPECT_EQ(roles_of("grant all on schema s to Alice,\n group \"BOB\" , public granted by carol"),
              "grantee:alice:BOB:- grantor:carol");
    EXPECT_EQ(roles_of("GRANT SELECT ON TABLE public.t"), "");
}

TEST(RoleLists, finds_the_owners_of_default_privileges) {
    EXPECT_EQ(roles_of("ALTER DEFAULT PRIVILEGES FOR ROLE alice IN SCHEMA sales GRANT SELECT ON "
                       "TABLES  TO bob;"),
              "defaults:alice grantee:bob");
    EXPECT_EQ(
        roles_of("ALTER DEFAULT PRIVILEGES FOR USER a, b REVOKE ALL ON FUNCTIONS FROM PUBLIC;"),
        "defaults:a:b grantee:-");
    EXPECT_EQ(
        roles_of("ALTER DEFAULT PRIVILEGES IN SCHEMA revoke, grant GRANT USAGE ON TYPES TO c;"),
        "grantee:c");
}

TEST(RoleLists, finds_sessions_policies_and_user_mappings) {
    EXPECT_EQ(roles_of("SET SESSION AUTHORIZATION \"x y\";RESET SESSION AUTHORIZATION;"),
              "session:x y");
    EXPECT_EQ(roles_of("SET SESSION AUTHORIZATION DEFAULT"), "session:-");
    EXPECT_EQ(
        roles_of("CREATE POLICY p ON s.t AS RESTRICTIVE FOR SELECT TO a, b USING ((x TO y));"),
        "policy:a:b");
    EXPECT_EQ(roles_of("CREATE POLICY p ON s.t USING ((a = 'TO x'));"), "");
    EXPECT_EQ(roles_of("CREATE USER MAPPING FOR a SERVER s OPTIONS (\n    password 'for b'\n);"),
              "mapping:a");
    EXPECT_EQ(
        roles_of("DROP USER MAPPING IF EXISTS FOR a SERVER s;DROP USER MAPPING FOR b SERVER s"),
        "mapping:a mapping:b");
}

TEST(RoleLists, leaves_other_statements_alone) {
    EXPECT_EQ(
        roles_of(
            "SELECT 'GRANT x TO y'; COMMENT ON TABLE t IS 'GRANT'; CREATE TABLE grant_to (a int);"),
        "");
}

TEST(ChangeRoles, touches_nothing_but_the_names) {
    const std::string other = "-- GRANT\n GRANT  SELECT ON\tTABLE t TO alice;\n-- end\n";
    EXPECT_EQ(changed(other), other);
    EXPECT_EQ(changed("GRANT ALL ON TABLE bob TO bob WITH GRANT OPTION;\n"),
              "GRANT ALL ON TABLE bob TO \"Rob\" WITH GRANT OPTION;\n");
    EXPECT_EQ(changed("CREATE POLICY bob ON t TO alice, bob USING ((u = 'bob'));\n"),
              "CREATE POLICY bob ON t TO alice, \"Rob\" USING ((u = 'bob'));\n");
}

TEST(ChangeRoles, drops_statements_that_are_left_without_a_role) {
    EXPECT_EQ(changed("GRANT A ON t TO alice;\nGRANT B ON t TO carol;\nGRANT C ON t TO PUBLIC;\n"),
              "GRANT A ON t TO alice;\nGRANT C ON t TO PUBLIC;\n");
    EXPECT_EQ(changed("GRANT B ON t TO carol;\n"), "");
    EXPECT_EQ(changed("GRANT B ON t TO alice, carol, PUBLIC;\n"),
              "GRANT B ON t TO alice, PUBLIC;\n");
    EXPECT_EQ(changed("ALTER DEFAULT PRIVILEGES FOR ROLE carol GRANT ALL ON TABLES TO alice;\n"),
              "");
    EXPECT_EQ(changed("ALTER DEFAULT PRIVILEGES FOR ROLE alice GRANT ALL ON TABLES TO carol;\n"),
              "");
    EXPECT_EQ(changed("GRANT B ON t TO alice GRANTED BY carol;\n"), "");
}

TEST(ChangeRoles, drops_what_a_role_that_goes_granted_itself) {
    const auto session = [](const std::string& role) {
        return "GRANT A ON t TO alice;\nSET SESSION AUTHORIZATION " + role +
               ";\nGRANT A ON t TO dave;\nRESET SESSION AUTHORIZATION;\nGRANT B ON t TO dave;\n";
    };
    EXPECT_EQ(changed(session("carol")), "GRANT A ON t TO alice;\nGRANT B ON t TO dave;\n");
    EXPECT_EQ(changed(session("bob")), session("\"Rob\""));
    EXPECT_EQ(changed(session("alice")), session("alice"));
}

TEST(ChangeRoles, says_which_statements_went) {
    const auto out = change_roles(
        "SET SESSION AUTHORIZATION a;\nGRANT A ON t TO b;\nRESET SESSION AUTHORIZATION;\n\nGRANT B "
        "ON t TO a;\n",
        [](const std::string& role) { return role == "a" ? std::nullopt : std::optional{role}; });
    ASSERT_TRUE(out);
    EXPECT_EQ(out->dropped, (Texts{"GRANT A ON t TO b;", "GRANT B ON t TO a;"}));
}

TEST(ChangeRoles, quotes_new_names_safely) {
    const auto out = change_roles("GRANT A ON t TO b;",
                                  [](const std::string&) { return "x\"; DROP TABLE t; --"; });
    ASSERT_TRUE(out);
    EXPECT_EQ(out->sql, "GRANT A ON t TO \"x\"\"; DROP TABLE t; --\";");
    EXPECT_EQ(split_sql(out->sql)->size(), 1U);
}

}  // namespace
}  // namespace ds::engines::postgres
