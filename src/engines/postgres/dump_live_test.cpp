#include <fcntl.h>
#include <gtest/gtest.h>

#include "engines/postgres/dump.hpp"
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
    must_run({(testbed_directory() / "pg" / dump.tool_major() / "bin/pg_restore").string(),
              "--exit-on-error", "-h", "127.0.0.1", "-p", std::to_string(server.port()), "-U",
              "postgres", "-d", database},
             {}, input.get());
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

}  // namespace
}  // namespace ds::engines::postgres
