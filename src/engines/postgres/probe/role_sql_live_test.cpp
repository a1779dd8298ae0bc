#include <gtest/gtest.h>

#include "engines/postgres/probe/probe.hpp"
#include "engines/testing/dump_helpers.hpp"
#include "engines/testing/pg_server.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

/// The role that a connection test proposes, made with the SQL that it proposes.
class ProposedRole : public ::testing::TestWithParam<int> {
protected:
    std::unique_ptr<PgServer> server_;

    void SetUp() override {
        DS_NEEDS_PG(GetParam(), false);
        server_ = std::make_unique<PgServer>(PgOptions{.major = GetParam()});
        server_->create_database("shop");
        server_->sql("shop",
                     "REVOKE ALL ON DATABASE shop FROM PUBLIC; CREATE ROLE clerk; "
                     "GRANT CREATE ON DATABASE shop TO clerk; SET ROLE clerk; "
                     "CREATE SCHEMA \"The App\"; SET search_path = \"The App\"; "
                     "CREATE TABLE orders AS SELECT 1 AS id; "
                     "ALTER TABLE orders ENABLE ROW LEVEL SECURITY; "
                     "CREATE SEQUENCE numbers; "
                     "CREATE MATERIALIZED VIEW many AS SELECT * FROM generate_series(1, 9) g; "
                     "SELECT lo_from_bytea(4711, 'large')");
    }

    void make_role() {
        const auto probe = engines::postgres::probe({server_->url("shop"), {}}, sys::plain_run());
        ASSERT_TRUE(probe) << probe.error().message();
        server_->sql("shop", probe->role_sql);
    }
};
INSTANTIATE_TEST_SUITE_P(PostgreSQL, ProposedRole, ::testing::Values(12, 13, 14, 15, 16, 17, 18),
                         [](const auto& info) { return std::to_string(info.param); });

TEST_P(ProposedRole, backs_up_what_is_there_and_what_comes_later) {
    make_role();
    const auto first = dump_all(server_->url("shop", "dumpstation"));
    ASSERT_TRUE(first.has_value()) << first.error().message() << ' ' << first.error().hint();
    EXPECT_EQ(first->facts.summary.rows, 1);
    server_->sql("shop",
                 "SET ROLE clerk; CREATE TABLE \"The App\".later AS SELECT 2 AS id; "
                 "CREATE SCHEMA next; CREATE TABLE next.one AS SELECT 3 AS id; "
                 "CREATE SEQUENCE next.count");
    const auto second = dump_all(server_->url("shop", "dumpstation"));
    ASSERT_TRUE(second.has_value()) << second.error().message() << ' ' << second.error().hint();
    EXPECT_EQ(second->facts.summary.rows, 3);
}

TEST_P(ProposedRole, may_change_nothing) {
    make_role();
    EXPECT_EQ(server_->sql("shop",
                           "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication "
                           "FROM pg_roles WHERE rolname = 'dumpstation'"),
              "f");
    for (const char* statement :
         {"DELETE FROM \"The App\".orders", "INSERT INTO \"The App\".orders VALUES (2)",
          "CREATE TABLE \"The App\".mine (i int)", "SELECT lo_unlink(4711)",
          "SELECT setval('\"The App\".numbers', 7)"}) {
        EXPECT_THROW(server_->sql("shop", std::string{"SET ROLE dumpstation; "} + statement),
                     std::runtime_error)
            << statement;
    }
}

}  // namespace
}  // namespace ds::engines::postgres
