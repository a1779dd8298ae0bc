#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "engines/postgres/restore/restore.hpp"
#include "engines/testing/pg_server.hpp"
#include "engines/testing/stored_backup.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

constexpr const char* shop_sql = R"(
CREATE ROLE app; CREATE ROLE reader;
CREATE SCHEMA sales AUTHORIZATION app;
CREATE TYPE sales.state AS ENUM ('new', 'paid');
CREATE TABLE sales.customers (id serial PRIMARY KEY, name text);
CREATE TABLE sales.orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer int REFERENCES sales.customers, state sales.state DEFAULT 'new', note text);
INSERT INTO sales.customers (name) SELECT E'name\t' || i || E'\\\n\r' FROM generate_series(1, 5000) i;
INSERT INTO sales.orders (customer, note) SELECT 1 + i % 5000, CASE WHEN i % 7 > 0 THEN md5(i::text) END
    FROM generate_series(1, 20000) i;
CREATE VIEW sales.open_orders AS SELECT * FROM sales.orders WHERE state = 'new';
CREATE MATERIALIZED VIEW sales.totals AS SELECT customer, count(*) AS n FROM sales.orders GROUP BY 1;
CREATE TABLE public.empty (i int);
ALTER TABLE sales.orders OWNER TO app;
GRANT SELECT ON sales.customers TO reader;
SELECT lo_from_bytea(4242, decode(repeat('00ff5c27', 200000), 'hex')), lo_create(4243);
)";

std::string all_of_it(const PgServer& server, const std::string& database) {
    return server.sql(
        database,
        "SELECT (SELECT md5(string_agg(c::text, '|' ORDER BY id)) FROM sales.customers c), "
        "(SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM sales.orders o), "
        "(SELECT sum(n) FROM sales.totals), md5(lo_get(4242)), "
        "(SELECT count(*) FROM pg_largeobject_metadata)");
}

std::string databases(const PgServer& server) {
    return server.sql("postgres",
                      "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database "
                      "WHERE datname NOT IN ('postgres', 'template0', 'template1')");
}

std::vector<std::string> notes_with(const RestoreReport& report, const std::string& word) {
    std::vector<std::string> found;
    for (const auto& note : report.notes) {
        if (note.find(word) != std::string::npos) found.push_back(note);
    }
    return found;
}

// A server with the database "shop" and a backup of it.
struct Shop {
    PgServer server;
    std::unique_ptr<StoredBackup> backup;

    explicit Shop(int major) : server{{.major = major}} {
        server.create_database("shop");
        server.sql("shop", shop_sql);
        backup = take_backup(server.url("shop"));
    }
    Result<RestoreReport> restore_into(const Secret& url, bool replace = false) {
        return restore(*backup, {.into = url, .tool_dirs = tool_dirs(), .replace = replace},
                       sys::plain_run());
    }
};

class RestoreEveryMajor : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(PostgreSQL, RestoreEveryMajor, ::testing::Values(12, 15, 17, 18),
                         [](const auto& info) { return std::to_string(info.param); });

TEST_P(RestoreEveryMajor, brings_back_every_kind_of_object_with_its_rows) {
    DS_NEEDS_PG(GetParam(), false);
    PgServer server{{.major = GetParam()}};
    server.create_database("every");
    server.load("every", source_directory() / "tests/samples/every_kind.sql");
    const auto backup = take_backup(server.url("every"));
    const auto expected = must(stored_facts(*backup));

    const auto report = must(restore(
        *backup, {.into = server.url("again"), .tool_dirs = tool_dirs()}, sys::plain_run()));
    EXPECT_EQ(report.database, "again");
    EXPECT_GT(report.rows, 1000);
    EXPECT_TRUE(report.notes.empty()) << join(report.notes, "\n");
    auto connection = must(Connection::open(must(ConnectionInfo::parse(server.url("again")))));
    const auto actual = must(read_facts(*connection, {.rows = true, .content_like = &expected}));
    for (const auto& check : compare_facts(expected, actual)) {
        EXPECT_TRUE(check.ok) << check.name << ": " << check.detail;
        EXPECT_GT(check.compared, 0) << check.name;
    }
    EXPECT_EQ(databases(server), "again,every");
}

TEST(RestoreLive, takes_an_old_servers_backup_to_a_new_one) {
    DS_NEEDS_PG(12, false);
    DS_NEEDS_PG(17, false);
    Shop shop{12};
    PgServer server{{.major = 17}};
    server.sql("postgres", "CREATE ROLE app; CREATE ROLE reader");
    const auto report = must(shop.restore_into(server.url("shop")));
    EXPECT_EQ(report.rows, 25000);
    EXPECT_EQ(all_of_it(server, "shop"), all_of_it(shop.server, "shop"));
}

TEST(RestoreLive, takes_a_new_servers_backup_to_an_old_one_and_says_so) {
    DS_NEEDS_PG(12, false);
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    PgServer server{{.major = 12}};
    server.sql("postgres", "CREATE ROLE app; CREATE ROLE reader");
    const auto report = must(shop.restore_into(server.url("shop")));
    EXPECT_EQ(notes_with(report, "older than").size(), 1);
    EXPECT_EQ(all_of_it(server, "shop"), all_of_it(shop.server, "shop"));
}

TEST(RestoreLive, keeps_what_is_said_of_the_database_itself) {
    DS_NEEDS_PG(17, false);
    PgServer server{{.major = 17}};
    server.sql("postgres", "CREATE ROLE app; CREATE ROLE reader");
    server.sql("postgres", "CREATE DATABASE \"Odd \"\"Shop\" OWNER app");
    server.psql("Odd \"Shop",
                {"-c", "REVOKE CONNECT ON DATABASE \"Odd \"\"Shop\" FROM PUBLIC", "-c",
                 "GRANT CONNECT ON DATABASE \"Odd \"\"Shop\" TO reader", "-c",
                 "COMMENT ON DATABASE \"Odd \"\"Shop\" IS 'on DATABASE x'", "-c",
                 "ALTER DATABASE \"Odd \"\"Shop\" SET search_path = \"$user\", 'a \"b\"', public",
                 "-c", "ALTER DATABASE \"Odd \"\"Shop\" SET default_transaction_read_only = off",
                 "-c", "ALTER ROLE reader IN DATABASE \"Odd \"\"Shop\" SET work_mem = '7MB'", "-c",
                 "ALTER DATABASE \"Odd \"\"Shop\" CONNECTION LIMIT 33", "-c",
                 "CREATE TABLE public.t (i int)"});
    const auto backup = take_backup(server.url("Odd%20%22Shop"));
    const auto report = must(
        restore(*backup, {.into = server.url("copy"), .tool_dirs = tool_dirs()}, sys::plain_run()));
    EXPECT_TRUE(report.notes.empty()) << join(report.notes, "\n");
    const std::string question =
        "SELECT pg_get_userbyid(datdba), (SELECT string_agg(a::text, ' ' ORDER BY a::text) FROM "
        "unnest(datacl) a), datconnlimit, shobj_description(d.oid, "
        "'pg_database'), "
        "(SELECT string_agg(setrole::text || setconfig::text, ';' ORDER BY setrole) FROM "
        "pg_db_role_setting "
        "WHERE setdatabase = d.oid) FROM pg_database d WHERE datname = ";
    EXPECT_EQ(server.sql("postgres", question + "'copy'"),
              server.sql("postgres", question + "'Odd \"Shop'"));
}

TEST(RestoreLive, tells_of_roles_that_are_missing_and_maps_those_it_is_told_to) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    PgServer server{{.major = 17}};
    const auto report = must(shop.restore_into(server.url("plain")));
    const auto missing = notes_with(report, "do not exist here: app, reader");
    ASSERT_EQ(missing.size(), 1) << join(report.notes, "\n");
    EXPECT_EQ(notes_with(report, "GRANT SELECT ON TABLE sales.customers TO reader").size(), 1);
    EXPECT_EQ(server.sql("plain", "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"),
              "postgres");

    server.sql("postgres", "CREATE ROLE web");
    RestoreRequest mapped{.into = server.url("mapped"), .tool_dirs = tool_dirs()};
    mapped.role_map = {{"app", "web"}, {"reader", "web"}};
    const auto second = must(restore(*shop.backup, mapped, sys::plain_run()));
    EXPECT_TRUE(second.notes.empty()) << join(second.notes, "\n");
    EXPECT_EQ(
        server.sql("mapped",
                   "SELECT tableowner, has_table_privilege('web', 'sales.customers', 'SELECT') "
                   "FROM pg_tables WHERE tablename = 'orders'"),
        "web|t");

    mapped.into = server.url("third");
    mapped.role_map["app"] = "nobody_like_that";
    const auto third = restore(*shop.backup, mapped, sys::plain_run());
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code(), Code::not_found);
}

TEST(RestoreLive, refuses_a_database_with_something_in_it_and_leaves_it_alone) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    const auto before = all_of_it(shop.server, "shop");
    const auto refused = shop.restore_into(shop.server.url("shop"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::exists);
    EXPECT_NE(refused.error().hint().find("--replace"), std::string::npos);
    EXPECT_EQ(databases(shop.server), "shop");
    EXPECT_EQ(all_of_it(shop.server, "shop"), before);
}

TEST(RestoreLive, tells_of_what_a_killed_restore_left) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    shop.server.create_database("new__restoring_0123abcd");
    shop.server.create_database("other__restoring_0123abcd");
    const auto report = must(shop.restore_into(shop.server.url("new")));
    EXPECT_EQ(notes_with(report, "left new__restoring_0123abcd").size(), 1);
    EXPECT_EQ(report.notes.size(), 1) << join(report.notes, "\n");
}

TEST(RestoreLive, replaces_a_database_that_is_in_use_when_told_to) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    const auto before = all_of_it(shop.server, "shop");
    shop.server.sql("shop", "DROP TABLE sales.orders CASCADE");
    const auto user = must(Connection::open(must(ConnectionInfo::parse(shop.server.url("shop")))));
    const auto report = must(shop.restore_into(shop.server.url("shop"), true));
    EXPECT_EQ(notes_with(report, "1 sessions").size(), 1) << join(report.notes, "\n");
    EXPECT_EQ(all_of_it(shop.server, "shop"), before);
    EXPECT_EQ(databases(shop.server), "shop");
    EXPECT_FALSE(user->exec("SELECT 1"));
}

TEST(RestoreLive, fills_an_empty_database_unless_somebody_is_in_it) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    shop.server.create_database("new");
    {
        const auto user =
            must(Connection::open(must(ConnectionInfo::parse(shop.server.url("new")))));
        const auto refused = shop.restore_into(shop.server.url("new"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code(), Code::conflict);
    }
    must(shop.restore_into(shop.server.url("new")));
    EXPECT_EQ(all_of_it(shop.server, "new"), all_of_it(shop.server, "shop"));
    EXPECT_EQ(databases(shop.server), "new,shop");
}

TEST(RestoreLive, a_stop_in_the_middle_leaves_the_target_as_it_was) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    const auto before = all_of_it(shop.server, "shop");
    std::stop_source stop;
    // The store gives the first rows only when somebody has asked to stop.
    shop.backup->on_open = [&](const std::string&, std::uint64_t offset) -> Status {
        if (offset > 0) stop.request_stop();
        return {};
    };
    const sys::Run run{stop.get_token(), sys::system_clock(), sys::no_progress()};
    const auto stopped =
        restore(*shop.backup,
                {.into = shop.server.url("shop"), .tool_dirs = tool_dirs(), .replace = true}, run);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code(), Code::cancelled);
    EXPECT_EQ(databases(shop.server), "shop");
    EXPECT_EQ(all_of_it(shop.server, "shop"), before);
}

TEST(RestoreLive, a_store_that_fails_or_a_row_that_is_refused_leaves_the_target_as_it_was) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    const auto before = all_of_it(shop.server, "shop");
    shop.backup->on_open = [&](const std::string&, std::uint64_t offset) -> Status {
        return offset > 0 ? Status{fail(Code::unavailable, "the store is gone")} : Status{};
    };
    auto failed = shop.restore_into(shop.server.url("shop"), true);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code(), Code::unavailable);
    EXPECT_EQ(databases(shop.server), "shop");

    shop.backup->on_open = nullptr;
    auto& dump = shop.backup->dump();
    const auto text = text_of(dump);
    const auto row = text.find("name\\t17\\\\");
    ASSERT_NE(row, std::string_view::npos);
    dump[row + 4] = std::byte{'\t'};  // now a column too many
    failed = shop.restore_into(shop.server.url("shop"), true);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code(), Code::invalid);
    EXPECT_NE(failed.error().message().find("sales.customers"), std::string::npos)
        << failed.error().message();
    EXPECT_EQ(databases(shop.server), "shop");
    EXPECT_EQ(all_of_it(shop.server, "shop"), before);
}

TEST(RestoreLive, a_refused_row_is_noticed_before_all_the_others_were_sent) {
    DS_NEEDS_PG(17, false);
    PgServer server{{.major = 17}};
    server.create_database("shop");
    server.sql("shop",
               "CREATE TABLE t (i int, pad text); INSERT INTO t SELECT i, repeat('x', 1000) "
               "FROM generate_series(1, 50000) i");
    const auto backup = take_backup(server.url("shop"));
    const auto first = text_of(backup->dump()).find("1\txxx");
    ASSERT_NE(first, std::string_view::npos);
    backup->dump()[first] = std::byte{'x'};
    class Counter final : public sys::Progress {
    public:
        void advance(std::uint64_t in, std::uint64_t) override { bytes += in; }
        std::atomic<std::uint64_t> bytes = 0;
    } counter;
    const sys::Run run{{}, sys::system_clock(), counter};
    const auto failed =
        restore(*backup, {.into = server.url("copy"), .tool_dirs = tool_dirs()}, run);
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message().find("invalid input syntax"), std::string::npos)
        << failed.error().message();
    EXPECT_LT(counter.bytes, backup->dump().size() / 2);
}

TEST(RestoreLive, without_createdb_it_fills_the_empty_database_and_says_when_that_failed) {
    DS_NEEDS_PG(17, false);
    Shop shop{17};
    shop.server.psql("postgres", {"-c", "CREATE ROLE modest LOGIN; GRANT app, reader TO modest",
                                  "-c", "CREATE DATABASE mine OWNER modest"});
    const auto none = shop.restore_into(shop.server.url("none", "modest"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code(), Code::denied);
    EXPECT_NE(none.error().hint().find("CREATEDB"), std::string::npos);

    const auto report = must(shop.restore_into(shop.server.url("mine", "modest")));
    EXPECT_EQ(notes_with(report, "into the database that was there").size(), 1);
    EXPECT_EQ(all_of_it(shop.server, "mine"), all_of_it(shop.server, "shop"));

    shop.server.sql("postgres", "CREATE DATABASE other OWNER modest");
    shop.backup->on_open = [&](const std::string&, std::uint64_t offset) -> Status {
        return offset > 0 ? Status{fail(Code::unavailable, "the store is gone")} : Status{};
    };
    const auto failed = shop.restore_into(shop.server.url("other", "modest"));
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message().find("other is incomplete"), std::string::npos)
        << failed.error().message();
}

TEST(RestoreLive, keeps_encodings_other_than_utf8) {
    DS_NEEDS_PG(17, false);
    PgServer server{{.major = 17}};
    for (const std::string encoding : {"LATIN1", "SQL_ASCII"}) {
        server.sql("postgres", "CREATE DATABASE old TEMPLATE template0 ENCODING '" + encoding +
                                   "' LC_COLLATE 'C' LC_CTYPE 'C'");
        // E9 is é in LATIN1, and not UTF-8 at all.
        server.psql("old", {"-c", "SET client_encoding = " + encoding, "-c",
                            "CREATE TABLE t (i int, s text); INSERT INTO t VALUES (1, E'caf' || "
                            "chr(233) || '!')"});
        const auto backup = take_backup(server.url("old"));
        must(restore(*backup, {.into = server.url("new"), .tool_dirs = tool_dirs()},
                     sys::plain_run()));
        const std::string question = "SELECT encode(convert_to(s, 'SQL_ASCII'), 'hex') FROM t";
        EXPECT_EQ(server.sql("new", question), server.sql("old", question)) << encoding;
        EXPECT_EQ(server.sql("new", "SHOW server_encoding"), encoding);
        server.psql("postgres", {"-c", "DROP DATABASE old", "-c", "DROP DATABASE new"});
    }
}

TEST(RestoreLive, an_extension_that_is_not_installed_is_told_before_anything_is_created) {
    DS_NEEDS_PG(17, true);
    DS_NEEDS_PG(15, false);
    PgServer server{{.major = 17, .full = true}};
    PgServer target{{.major = 12}};
    const auto there = target.sql(
        "postgres", "SELECT string_agg(quote_literal(name), ',') FROM pg_available_extensions()");
    const auto only_here = server.sql(
        "postgres",
        "SELECT min(name) FROM pg_available_extensions() WHERE name NOT IN (" + there + ")");
    ASSERT_FALSE(only_here.empty());
    server.create_database("shop");
    server.sql("shop", "CREATE EXTENSION " + only_here + " CASCADE; CREATE TABLE t (i int)");
    const auto backup = take_backup(server.url("shop"));
    const auto refused =
        restore(*backup, {.into = target.url("shop"), .tool_dirs = tool_dirs()}, sys::plain_run());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::unsupported);
    EXPECT_NE(refused.error().message().find(only_here), std::string::npos);
    EXPECT_EQ(databases(target), "");
}

}  // namespace
}  // namespace ds::engines::postgres
