#include <gtest/gtest.h>

#include "engines/all.hpp"
#include "engines/postgres/restore/kept_database.hpp"
#include "engines/testing/pg_server.hpp"
#include "engines/testing/stored_backup.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;
using namespace std::chrono_literals;

TEST(KeptName, is_ours_only_with_our_stamp_and_for_its_target) {
    const auto since = *from_rfc3339("2026-11-23T15:30:12Z");
    EXPECT_EQ(kept_name("shop", since), "shop_before_20261123_153012");
    EXPECT_TRUE(is_kept_name("shop_before_20261123_153012", "shop"));
    EXPECT_FALSE(is_kept_name("shop_before_20261123_153012", "shop2"));
    EXPECT_FALSE(is_kept_name("shop", "shop"));
    EXPECT_FALSE(is_kept_name("shop_before_the_big_change", "shop"));
    const std::string longest(63, 'x');
    EXPECT_EQ(kept_name(longest, since).size(), 63U);
    EXPECT_TRUE(is_kept_name(kept_name(longest, since), longest));
}

class KeptLive : public ::testing::Test {
protected:
    std::unique_ptr<PgServer> server;
    std::unique_ptr<StoredBackup> backup;
    const std::chrono::system_clock::time_point since = *from_rfc3339("2026-11-23T15:30:12Z");

    void SetUp() override {
        DS_NEEDS_PG(17, false);
        server = std::make_unique<PgServer>(PgOptions{.major = 17});
        server->create_database("shop");
        server->sql("shop", "CREATE TABLE t AS SELECT 'stored' AS state");
        backup = take_backup(server->url("shop"));
        server->sql("shop", "UPDATE t SET state = 'live'");
        server->sql("postgres", "COMMENT ON DATABASE shop IS E'the shop\\nof ours'");
    }
    KeepOld keep(const std::string& mark, std::chrono::seconds later = 0s) const {
        return {mark, since + later, since + 24h};
    }
    Result<RestoreReport> replace(const std::string& mark) {
        RestoreRequest request{.into = server->url("shop"), .tool_dirs = tool_dirs()};
        request.replace = true;
        request.keep_old = keep(mark);
        return postgres().restore(*backup, request, sys::plain_run());
    }
    static Engine& postgres() { return **engine_by_name("postgres"); }
    Status drop(const std::string& mark) {
        return drop_kept(server->url("shop"), mark, sys::plain_run());
    }
    Result<std::string> undo(const std::string& mark, const std::string& own,
                             std::chrono::seconds later = 60s) {
        return swap_back({server->url("shop"), mark, keep(own, later)}, sys::plain_run());
    }
    std::string state() { return server->sql("shop", "SELECT state FROM t"); }
    std::string comment() {
        return server->sql("postgres",
                           "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM "
                           "pg_database WHERE datname = 'shop'");
    }
    std::string databases() {
        return server->sql("postgres",
                           "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database "
                           "WHERE datname LIKE 'shop%'");
    }
};

TEST_F(KeptLive, U_01_what_is_replaced_is_kept_and_swapped_back_and_forth) {
    const auto report = must(replace("RUN1"));
    EXPECT_EQ(report.kept_as, "shop_before_20261123_153012");
    EXPECT_EQ(state(), "stored");
    EXPECT_EQ(databases(), "shop,shop_before_20261123_153012");

    const auto user = must(Connection::open(must(ConnectionInfo::parse(server->url("shop")))));
    EXPECT_EQ(must(undo("RUN1", "RUN2")), "shop_before_20261123_153112");
    EXPECT_EQ(state(), "live");
    EXPECT_EQ(comment(), "the shop\nof ours");
    EXPECT_FALSE(user->exec("SELECT 1"));

    EXPECT_EQ(undo("RUN1", "RUN3").error().code(), Code::not_found);
    must(undo("RUN2", "RUN3", 120s));
    EXPECT_EQ(state(), "stored");
}

TEST_F(KeptLive, what_is_taken_back_within_the_second_gets_a_name_of_its_own) {
    must(replace("RUN1"));
    EXPECT_EQ(must(undo("RUN1", "RUN2", 0s)), "shop_before_20261123_153013");
    EXPECT_EQ(state(), "live");
}

TEST_F(KeptLive, the_way_back_works_when_the_restored_one_was_dropped_meanwhile) {
    must(replace("RUN1"));
    server->sql("postgres", "DROP DATABASE shop");
    EXPECT_EQ(must(undo("RUN1", "RUN2")), "");
    EXPECT_EQ(state(), "live");
}

TEST_F(KeptLive, only_what_is_ours_and_unused_is_dropped) {
    must(replace("RUN1"));
    EXPECT_EQ(drop("OTHER").error().code(), Code::not_found);
    {
        const auto user = must(Connection::open(
            must(ConnectionInfo::parse(server->url("shop_before_20261123_153012")))));
        EXPECT_EQ(drop("RUN1").error().code(), Code::conflict);
    }
    ASSERT_TRUE(drop("RUN1"));
    EXPECT_EQ(databases(), "shop");
    EXPECT_EQ(state(), "stored");
}

TEST_F(KeptLive, one_that_people_took_into_use_under_its_old_or_another_name_is_theirs) {
    must(replace("RUN1"));
    server->sql("postgres", "ALTER DATABASE shop_before_20261123_153012 RENAME TO shop_old");
    EXPECT_EQ(drop("RUN1").error().code(), Code::not_found);
    server->psql("postgres",
                 {"-c", "DROP DATABASE shop", "-c", "ALTER DATABASE shop_old RENAME TO shop"});
    EXPECT_EQ(drop("RUN1").error().code(), Code::not_found);
    EXPECT_EQ(state(), "live");
}

TEST_F(KeptLive, a_comment_that_went_along_with_a_dump_makes_nothing_ours) {
    const auto kept = must(replace("RUN1")).kept_as;
    const auto dump = take_backup(server->url(kept));
    RestoreRequest request{.into = server->url("shop_copy"), .tool_dirs = tool_dirs()};
    must(postgres().restore(*dump, request, sys::plain_run()));
    ASSERT_TRUE(drop("RUN1"));
    EXPECT_EQ(databases(), "shop,shop_copy");
    EXPECT_EQ(drop("RUN1").error().code(), Code::not_found);
    EXPECT_EQ(undo("RUN1", "RUN2").error().code(), Code::not_found);
}

TEST_F(KeptLive, an_empty_target_is_not_kept) {
    server->create_database("empty");
    RestoreRequest request{.into = server->url("empty"), .tool_dirs = tool_dirs()};
    request.keep_old = keep("RUN1");
    EXPECT_EQ(must(postgres().restore(*backup, request, sys::plain_run())).kept_as, "");
    EXPECT_EQ(drop("RUN1").error().code(), Code::not_found);
}

}  // namespace
}  // namespace ds::engines::postgres
