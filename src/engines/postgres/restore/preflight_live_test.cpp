#include <gtest/gtest.h>

#include "engines/postgres/restore/preflight.hpp"
#include "engines/testing/pg_server.hpp"
#include "engines/testing/stored_backup.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

class PreflightLive : public ::testing::Test {
protected:
    std::unique_ptr<PgServer> server_;
    std::unique_ptr<StoredBackup> backup_;

    void SetUp() override {
        DS_NEEDS_PG(17, false);
        server_ = std::make_unique<PgServer>(PgOptions{.major = 17});
        server_->create_database("shop");
        server_->psql("postgres", {"-c", "CREATE ROLE app", "-c", "CREATE ROLE modest LOGIN"});
        server_->sql("shop",
                     "CREATE TABLE t AS SELECT 1 AS i; ALTER TABLE t OWNER TO app; "
                     "CREATE TABLE u (i int)");
        backup_ = take_backup(server_->url("shop"));
    }
    std::vector<Finding> look(const Secret& into, bool replace = false,
                              std::vector<std::string> tables = {}) {
        RestoreRequest request{.into = into, .tool_dirs = tool_dirs()};
        request.replace = replace;
        request.tables = std::move(tables);
        return must(preflight(*backup_, request, sys::plain_run())).findings;
    }
    static std::string blocking(const std::vector<Finding>& findings) {
        for (const auto& one : findings) {
            if (one.level == FindingLevel::blocks) return one.about + ": " + one.text;
        }
        return "";
    }
    static bool warns(const std::vector<Finding>& findings, std::string_view text) {
        return std::any_of(findings.begin(), findings.end(), [&](const auto& one) {
            return one.level == FindingLevel::warning && one.text.find(text) != std::string::npos;
        });
    }
};

TEST_F(PreflightLive, a_new_database_has_nothing_in_its_way) {
    const auto found = look(server_->url("copy"));
    EXPECT_EQ(blocking(found), "");
    EXPECT_GE(found.size(), 5U);
    EXPECT_EQ(server_->sql("postgres", "SELECT count(*) FROM pg_database WHERE datname ~ 'copy'"),
              "0");
}

TEST_F(PreflightLive, U_01_what_would_be_replaced_is_told_before) {
    EXPECT_EQ(blocking(look(server_->url("shop"))),
              "database: the database shop exists and is not empty");
    const auto user = must(Connection::open(must(ConnectionInfo::parse(server_->url("shop")))));
    const auto found = look(server_->url("shop"), true);
    EXPECT_EQ(blocking(found), "");
    EXPECT_TRUE(warns(found, "shop is replaced"));
    EXPECT_TRUE(warns(found, "1 sessions"));
}

TEST_F(PreflightLive, what_the_role_may_not_do_is_told) {
    EXPECT_EQ(blocking(look(server_->url("copy", "modest"))),
              "database: modest may not create the database copy");
    EXPECT_EQ(blocking(look(server_->url("shop", "modest"), true)),
              "database: modest may not replace the database shop");
}

TEST_F(PreflightLive, tables_in_the_way_and_tables_that_are_not_there) {
    EXPECT_EQ(blocking(look(server_->url("shop"), false, {"public.t"})).substr(0, 7), "tables:");
    EXPECT_TRUE(
        warns(look(server_->url("shop"), true, {"public.t"}), "replaced: \"public\".\"t\""));
    EXPECT_NE(blocking(look(server_->url("shop"), false, {"public.nothing"})), "");
}

TEST_F(PreflightLive, a_server_that_cannot_be_reached_is_a_finding) {
    const auto found = look(Secret{"postgres://postgres@127.0.0.1:1/copy"});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].level, FindingLevel::blocks);
}

TEST_F(PreflightLive, L_11_older_targets_and_missing_roles_are_told) {
    DS_NEEDS_PG(12, false);
    PgServer old{{.major = 12}};
    const auto found = look(old.url("copy"));
    EXPECT_TRUE(warns(found, "older than the backup's"));
    EXPECT_TRUE(warns(found, "roles that do not exist here: app"));
}

}  // namespace
}  // namespace ds::engines::postgres
