#include <gtest/gtest.h>

#include "engines/postgres/restore/restore.hpp"
#include "engines/postgres/restore/restore_tables.hpp"
#include "engines/testing/pg_server.hpp"
#include "engines/testing/stored_backup.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

class RestoreTables : public ::testing::Test {
protected:
    void SetUp() override {
        DS_NEEDS_PG(17, false);
        server_ = std::make_unique<PgServer>(PgOptions{.major = 17});
        server_->create_database("shop");
        server_->sql("shop", R"(
CREATE SCHEMA sales;
CREATE TYPE sales.state AS ENUM ('new', 'paid');
CREATE TABLE sales.customers (id serial PRIMARY KEY, name text);
CREATE TABLE sales.orders (id serial PRIMARY KEY, customer int REFERENCES sales.customers, state sales.state);
INSERT INTO sales.customers (name) SELECT 'c' || i FROM generate_series(1, 100) i;
INSERT INTO sales.orders (customer, state) SELECT i, 'paid' FROM generate_series(1, 100) i;
CREATE TABLE public.padding AS SELECT i, repeat('x', 500) AS x FROM generate_series(1, 20000) i;
CREATE TABLE public.other (i int);
)");
        backup_ = take_backup(server_->url("shop"));
    }
    Result<RestoreReport> restore_into(const std::string& database, std::vector<std::string> tables,
                                       bool replace = false) {
        RestoreRequest request{.into = server_->url(database), .tool_dirs = tool_dirs()};
        request.tables = std::move(tables);
        request.replace = replace;
        return restore(*backup_, request, sys::plain_run());
    }
    std::string count(const std::string& database, const std::string& table) {
        return server_->sql(database, "SELECT count(*) FROM " + table);
    }
    std::unique_ptr<PgServer> server_;
    std::unique_ptr<StoredBackup> backup_;
};

TEST_F(RestoreTables, makes_a_new_database_of_just_these_reading_only_their_bytes) {
    const auto report = must(restore_into("new", {"sales.orders"}));
    EXPECT_EQ(report.tables, 1);
    EXPECT_EQ(report.rows, 100);
    EXPECT_LT(report.bytes, backup_->dump().size() / 10);
    EXPECT_EQ(count("new", "sales.orders WHERE state = 'paid'"), "100");
    EXPECT_EQ(server_->sql("new", "SELECT nextval('sales.orders_id_seq')"), "101");
    ASSERT_EQ(report.notes.size(), 1);
    EXPECT_NE(report.notes[0].find("orders_customer_fkey"), std::string::npos) << report.notes[0];
}

TEST_F(RestoreTables, adds_them_to_a_database_with_other_things_in_it) {
    server_->create_database("busy");
    server_->sql("busy", "CREATE TABLE mine (i int); INSERT INTO mine VALUES (1)");
    must(restore_into("busy", {"sales.orders", "sales.customers"}));
    EXPECT_EQ(count("busy", "sales.orders o JOIN sales.customers c ON c.id = o.customer"), "100");
    EXPECT_EQ(count("busy", "mine"), "1");
    EXPECT_EQ(count("busy", "pg_constraint WHERE contype = 'f'"), "1");
}

TEST_F(RestoreTables, does_not_touch_one_that_is_there_unless_told_to_replace_it) {
    server_->sql("shop", "DELETE FROM public.padding WHERE i > 10");
    const auto refused = restore_into("shop", {"public.padding"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::exists);
    EXPECT_NE(refused.error().message().find("padding"), std::string::npos);
    EXPECT_EQ(count("shop", "padding"), "10");
    must(restore_into("shop", {"public.padding"}, true));
    EXPECT_EQ(count("shop", "padding"), "20000");
}

TEST_F(RestoreTables, one_that_others_depend_on_is_not_replaced_and_stays) {
    const auto refused = restore_into("shop", {"sales.customers"}, true);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::conflict);
    EXPECT_NE(refused.error().message().find("orders"), std::string::npos)
        << refused.error().message();
    EXPECT_EQ(count("shop", "sales.customers"), "100");
    // Together with what depends on it, it can be.
    must(restore_into("shop", {"sales.customers", "sales.orders"}, true));
    EXPECT_EQ(count("shop", "pg_constraint WHERE contype = 'f'"), "1");
}

TEST_F(RestoreTables, a_failure_in_the_middle_leaves_the_old_one) {
    server_->sql("shop", "DELETE FROM public.padding WHERE i > 10");
    const auto row = text_of(backup_->dump()).find("\n777\tx");
    const auto found =
        row == std::string_view::npos ? text_of(backup_->dump()).find("777\tx") : row + 1;
    ASSERT_NE(found, std::string_view::npos);
    backup_->dump()[found] = std::byte{'x'};
    const auto failed = restore_into("shop", {"public.padding"}, true);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code(), Code::invalid) << failed.error().message();
    EXPECT_EQ(count("shop", "padding"), "10");
}

TEST_F(RestoreTables, one_that_the_backup_does_not_have_is_named) {
    const auto refused = restore_into("new", {"sales.nothing"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::not_found);
    EXPECT_NE(refused.error().message().find("nothing"), std::string::npos);
}

}  // namespace
}  // namespace ds::engines::postgres
