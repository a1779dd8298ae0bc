#include <fcntl.h>
#include <gtest/gtest.h>

#include "engines/postgres/dump/dump.hpp"
#include "engines/testing/dump_helpers.hpp"
#include "engines/testing/pg_server.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

fs::path sample(const std::string& name) { return source_directory() / "tests/samples" / name; }

// By the standard tools, as the steps that come with a backup say.
void restore_by_hand(const PgServer& server, const Dumped& dump, const std::string& database) {
    const auto file = server.directory() / "database.dump";
    ASSERT_TRUE(sys::write_file(file, dump.part("database.dump")));
    server.sql("postgres", "CREATE DATABASE \"" + database + "\" TEMPLATE template0");
    const sys::Fd input{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    sys::Command command;
    command.arguments = {
        (testbed_directory() / "pg" / dump.tool_major() / "bin/pg_restore").string(),
        "-h",
        "127.0.0.1",
        "-p",
        std::to_string(server.port()),
        "-U",
        "postgres",
        "-d",
        database};
    command.environment = sys::clean_environment();
    command.input = input.get();
    const auto done = must(sys::run_command(command, MiB));
    // Since 17 it sets a limit that older servers do not know, and goes on.
    const bool known = server.major() < 17 &&
                       done.errors.find("transaction_timeout") != std::string::npos &&
                       done.errors.find("errors ignored on restore: 1\n") != std::string::npos;
    ASSERT_TRUE(done.exit.ok() || known) << done.errors;
}

Facts facts_of(const PgServer& server, const std::string& database, const Facts* like = nullptr) {
    auto connection = must(Connection::open(must(ConnectionInfo::parse(server.url(database)))));
    return must(read_facts(*connection, {.rows = true, .content_like = like}));
}

void expect_all_ok(const std::vector<model::Check>& checks,
                   const std::set<std::string>& but_for = {}) {
    for (const auto& check : checks) {
        if (!but_for.contains(check.name)) {
            EXPECT_TRUE(check.ok) << check.name << ": " << check.detail;
        }
    }
}

class EveryMajor : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(PostgreSQL, EveryMajor, ::testing::Values(12, 13, 14, 15, 16, 17, 18),
                         [](const auto& info) { return std::to_string(info.param); });

TEST_P(EveryMajor, a_dump_of_every_kind_of_object_restores_to_the_same_facts) {
    DS_NEEDS_PG(GetParam(), false);
    PgServer server{{.major = GetParam()}};
    server.create_database("every");
    server.load("every", sample("every_kind.sql"));

    const auto dump = must(dump_all(server.url("every")));
    const auto facts = must(dump.read_facts());
    EXPECT_EQ(dump.facts.summary.database, "every");
    EXPECT_GT(dump.facts.summary.rows, 50 * 51 / 2);
    EXPECT_EQ(dump.facts.summary.tables, facts.tables.size() - 1)
        << "all but the materialized view";
    EXPECT_TRUE(dump.facts.summary.notes.empty());
    EXPECT_EQ(facts.large_objects, 11);

    restore_by_hand(server, dump, "again");
    const auto again = facts_of(server, "again", &facts);
    const auto checks = compare_facts(facts, again);
    // pg_restore without --create leaves the settings of the database out.
    expect_all_ok(checks, {"database"});
    for (const auto& check : checks) EXPECT_GT(check.compared, 0) << check.name;
}

class OlderMajor : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(PostgreSQL, OlderMajor, ::testing::Values(12, 14, 15, 17),
                         [](const auto& info) { return std::to_string(info.param); });

TEST_P(OlderMajor, a_dump_restored_into_the_newest_server_differs_only_in_how_views_are_written) {
    DS_NEEDS_PG(GetParam(), false);
    DS_NEEDS_PG(18, false);
    PgServer older{{.major = GetParam()}};
    older.create_database("every");
    older.load("every", sample("every_kind.sql"));
    const auto dump = must(dump_all(older.url("every")));
    const auto facts = must(dump.read_facts());

    PgServer newest{{.major = 18}};
    newest.load("postgres", sample("every_kind_roles.sql"));
    restore_by_hand(newest, dump, "again");
    const auto again = facts_of(newest, "again", &facts);
    expect_all_ok(compare_facts(facts, again), {"database"});
}

TEST(Dump, of_an_empty_database_has_no_tables_and_restores) {
    DS_NEEDS_PG(17, false);
    PgServer server{{.major = 17}};
    server.create_database("empty");
    const auto dump = must(dump_all(server.url("empty")));
    const auto facts = must(dump.read_facts());
    EXPECT_EQ(dump.facts.summary.tables, 0);
    EXPECT_EQ(facts.schemas, std::vector<std::string>{"public"});
    restore_by_hand(server, dump, "again");
    expect_all_ok(compare_facts(facts, facts_of(server, "again", &facts)));
}

TEST(Dump, of_many_tables_does_not_hold_locks_on_them_a_second_time) {
    DS_NEEDS_PG(17, false);
    // Room for about 2,100 locks: pg_dump's own fit, twice as many would not.
    PgServer server{{.major = 17, .settings = {"max_connections=20", "max_wal_senders=2"}}};
    server.create_database("many");
    server.psql("many", {"-v", "count=1500", "-f", sample("many_tables.sql").string()});
    const auto dump = must(dump_all(server.url("many")));
    EXPECT_EQ(dump.facts.summary.tables, 1500);
    EXPECT_EQ(dump.facts.summary.rows, 15000);
}

TEST(Dump, names_that_are_not_utf8_are_counted_and_written_readably) {
    DS_NEEDS_PG(17, false);
    PgServer server{{.major = 17}};
    server.sql("postgres",
               "CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
    server.sql("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    const std::string ascii =
        "SET client_encoding = SQL_ASCII; CREATE TABLE \"caf\xe9\" AS SELECT E'\\xe9\\xe8'::text "
        "AS t";
    const auto file = server.directory() / "ascii.sql";
    must(sys::write_file(file, view_of(ascii)));
    server.load("ascii", file);
    server.sql("latin", "CREATE TABLE café AS SELECT 'é'::text AS \"très\"; CREATE SEQUENCE \"ÿ\"");

    for (const auto& [database, name] :
         {std::pair{"ascii", "caf\\xe9"}, std::pair{"latin", "café"}}) {
        const auto dump = must(dump_all(server.url(database)));
        const auto facts = must(dump.read_facts());
        ASSERT_EQ(facts.tables.size(), 1);
        EXPECT_EQ(facts.tables[0].name, name);
        EXPECT_EQ(facts.tables[0].rows, 1);
        EXPECT_TRUE(json::parse(json::to_text(dump.facts.indexes.at("database.dump"))).has_value());
    }
    const auto dump = must(dump_all(server.url("latin")));
    const auto facts = must(dump.read_facts());
    const auto again = facts_of(server, "latin", &facts);
    expect_all_ok(compare_facts(facts, again));
    EXPECT_EQ(again.tables[0].content, facts.tables[0].content)
        << "hashed in the database's own encoding";
}

TEST(Dump, values_look_the_same_whatever_the_database_is_set_to) {
    DS_NEEDS_PG(17, false);
    PgServer server{{.major = 17}};
    server.sql(
        "postgres",
        "CREATE TABLE t AS SELECT now() AS a, '\\x00ff'::bytea AS b, '1 day'::interval AS c");
    const auto first = must(must(dump_all(server.url())).read_facts());
    server.sql("postgres",
               "ALTER DATABASE postgres SET TimeZone = 'Asia/Tokyo'; ALTER DATABASE postgres SET "
               "bytea_output = escape; ALTER ROLE postgres SET DateStyle = German");
    const auto second = must(must(dump_all(server.url())).read_facts());
    const auto hashed = facts_of(server, "postgres", &second);
    EXPECT_EQ(hashed.tables[0].content, second.tables[0].content);
    EXPECT_EQ(second.text_settings.at("bytea_output"), "escape");
    EXPECT_EQ(facts_of(server, "postgres", &first).tables[0].content, first.tables[0].content);
}

TEST(Dump, of_a_standby_works_and_says_what_it_lacks) {
    DS_NEEDS_PG(17, false);
    PgServer primary{{.major = 17}};
    primary.sql("postgres",
                "CREATE TABLE t AS SELECT 1 AS a; CREATE UNLOGGED TABLE u AS SELECT 2 AS a");
    PgServer standby{{.major = 17}};
    standby.stop();
    fs::remove_all(standby.directory() / "data");
    must_run({(testbed_directory() / "pg/17/bin/pg_basebackup").string(), "-h", "127.0.0.1", "-p",
              std::to_string(primary.port()), "-U", "postgres", "-R", "-c", "fast", "-X", "stream",
              "-D", (standby.directory() / "data").string()});
    must(sys::write_file(standby.directory() / "data/postgresql.conf",
                         view_of(fmt::format("include_if_exists '{}'\n",
                                             (standby.directory() / "testbed.conf").string()))));
    must_run({"/bin/chown", "-R", "postgres:", (standby.directory() / "data").string()});
    standby.start();
    const auto dump = must(dump_all(standby.url()));
    EXPECT_EQ(dump.facts.summary.tables, 1);
    ASSERT_EQ(dump.facts.summary.notes.size(), 1);
    EXPECT_NE(dump.facts.summary.notes[0].find("standby"), std::string::npos);
}

}  // namespace
}  // namespace ds::engines::postgres
