#include <gtest/gtest.h>

#include "engines/postgres/administration/administration.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/testing/pg_server.hpp"
#include "engines/testing/stored_backup.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;
using model::ActKind;
using model::DatabaseAct;

class AdministrationLive : public ::testing::Test {
protected:
    static inline std::unique_ptr<PgServer> server;

    static void TearDownTestSuite() { server.reset(); }
    void SetUp() override {
        DS_NEEDS_PG(17, false);
        if (server == nullptr) server = std::make_unique<PgServer>(PgOptions{.major = 17});
        server->sql("postgres", "DROP DATABASE IF EXISTS shop WITH (FORCE)");
        server->create_database("shop");
    }
    std::unique_ptr<Administration> in(const std::string& database = "shop",
                                       const std::string& user = "postgres") const {
        return must(administer(server->url(database, user), sys::plain_run()));
    }
    void sql(const std::string& statement) const { server->sql("shop", statement); }

    /// The cells of one column over all pages.
    static std::vector<std::string> paged(Administration& session, RowsQuestion question,
                                          std::size_t column) {
        std::vector<std::string> cells;
        for (int pages = 0; pages < 1000; ++pages) {
            const auto page = must(session.rows(question));
            const auto& rows = page.rows.as_array();
            EXPECT_LE(rows.size(), question.limit);
            for (const auto& row : rows)
                cells.emplace_back(row.at(column).is_null() ? "NULL"
                                                            : row.at(column).as_string().c_str());
            if (!page.next) break;
            question.cursor = *page.next;
        }
        return cells;
    }
    static Code code_of(const auto& result) {
        EXPECT_FALSE(result);
        return result ? Code::internal : result.error().code();
    }
};

TEST_F(AdministrationLive, databases_and_roles_are_listed_also_those_that_are_closed_to_us) {
    server->sql("postgres", "REVOKE CONNECT ON DATABASE shop FROM PUBLIC; CREATE ROLE team");
    server->sql("postgres", "CREATE ROLE guest LOGIN IN ROLE team CONNECTION LIMIT 3");
    const auto listed = must(in("postgres", "guest")->databases());
    EXPECT_TRUE(listed.complete);
    const auto find = [&](const std::string& name) {
        for (const auto& one : listed.items)
            if (one.name == name) return one;
        ADD_FAILURE() << name;
        return model::ServerDatabase{};
    };
    EXPECT_FALSE(find("shop").bytes) << "a closed database does not break the list";
    EXPECT_EQ(find("shop").owner, "postgres");
    EXPECT_GT(find("postgres").bytes.value_or(0), 1'000'000U);
    EXPECT_TRUE(find("template1").is_template);
    const auto roles = must(in()->roles());
    const auto guest = std::find_if(roles.items.begin(), roles.items.end(),
                                    [](const auto& role) { return role.name == "guest"; });
    ASSERT_NE(guest, roles.items.end());
    EXPECT_TRUE(guest->login);
    EXPECT_FALSE(guest->superuser);
    EXPECT_EQ(guest->connections_max, 3);
    EXPECT_EQ(guest->member_of, std::vector<std::string>{"team"});
}

TEST_F(AdministrationLive, grants_say_who_may_do_what) {
    server->sql("postgres", "CREATE ROLE reader");
    sql("CREATE TABLE t (i int); GRANT SELECT, INSERT ON t TO reader WITH GRANT OPTION; "
        "GRANT SELECT ON t TO PUBLIC");
    std::set<std::string> told;
    for (const auto& grant : must(in()->grants()).items)
        told.insert(fmt::format("{}:{}:{}:{}:{}", grant.role, grant.kind, grant.object,
                                join(grant.privileges, ","), grant.grantable));
    EXPECT_TRUE(told.contains("reader:table:t:INSERT,SELECT:true"));
    EXPECT_TRUE(told.contains(":table:t:SELECT:false"));
    EXPECT_TRUE(told.contains(":database:shop:CONNECT,TEMPORARY:false"));
}

TEST_F(AdministrationLive, tables_come_by_pages_with_sizes_and_keys) {
    sql("CREATE SCHEMA app; CREATE TABLE app.a (x int, y int, PRIMARY KEY (x, y)); "
        "CREATE TABLE app.b (i int DEFAULT 7 NOT NULL, p int, q int, "
        "CONSTRAINT ab FOREIGN KEY (q, p) REFERENCES app.a (y, x)); "
        "CREATE TABLE app.p (i int) PARTITION BY RANGE (i); "
        "CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES FROM (0) TO (100000); "
        "INSERT INTO app.p SELECT generate_series(1, 5000); ANALYZE app.p; "
        "ALTER TABLE app.b DROP CONSTRAINT ab; ALTER TABLE app.a ADD UNIQUE (y, x); "
        "ALTER TABLE app.b ADD CONSTRAINT ab FOREIGN KEY (q, p) REFERENCES app.a (y, x)");
    const auto session = in();
    std::vector<std::string> names;
    for (TablesQuestion question{"app", "", 2};;) {
        const auto page = must(session->tables(question));
        for (const auto& table : page.items) names.push_back(table.name);
        if (!page.next) break;
        question.cursor = *page.next;
    }
    EXPECT_EQ(names, (std::vector<std::string>{"a", "b", "p", "p1"}));
    const auto partitioned = must(session->table("app", "p")).table;
    EXPECT_EQ(partitioned.rows_estimate, 5000U);
    EXPECT_GT(partitioned.bytes, 100'000U) << "of its partitions";
    const auto details = must(session->table("app", "b"));
    EXPECT_FALSE(details.table.rows_estimate) << "not -1";
    EXPECT_EQ(details.columns.at(0).default_sql, "7");
    EXPECT_FALSE(details.columns.at(0).nullable);
    EXPECT_EQ(details.foreign_keys.at(0).columns, (std::vector<std::string>{"q", "p"}));
    EXPECT_EQ(details.foreign_keys.at(0).to_columns, (std::vector<std::string>{"y", "x"}));
    EXPECT_EQ(must(session->table("app", "a")).referenced_by.at(0).table, "b");
    EXPECT_EQ(must(session->table("app", "a")).indexes.size(), 2U);
    const auto diagram = must(session->diagram("app"));
    EXPECT_EQ(diagram.tables.size(), 3U) << "partitions are their table";
    EXPECT_EQ(diagram.foreign_keys.size(), 1U);
    EXPECT_TRUE(must(session->diagram("nowhere")).tables.empty());
    EXPECT_EQ(code_of(session->table("app", "zzz")), Code::not_found);
}

TEST_F(AdministrationLive, rows_are_paged_by_key_in_any_order_they_were_written) {
    sql("CREATE TABLE t (a int, b text, c int, PRIMARY KEY (b, a)); "
        "INSERT INTO t SELECT g, 'k' || g % 7, g FROM generate_series(500, 1, -1) g");
    const auto session = in();
    const auto seen = paged(*session, {"public", "t", "", 37}, 2);
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 500U);
    EXPECT_EQ(seen.size(), 500U) << "none twice";
    EXPECT_EQ(must(session->rows({"public", "t", "", 1})).ordered_by,
              (std::vector<std::string>{"b", "a"}));
    sql("CREATE TABLE heap AS SELECT g AS i FROM generate_series(1, 3000) g");
    EXPECT_EQ(paged(*session, {"public", "heap", "", 200}, 0).size(), 3000U) << "without a key";
    EXPECT_EQ(must(session->rows({"public", "heap", "", 1})).ordered_by.at(0), "ctid");
}

TEST_F(AdministrationLive, what_lies_between_pages_may_change) {
    sql("CREATE TABLE t (i int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 100)");
    const auto session = in();
    const auto first = must(session->rows({"public", "t", "", 50}));
    sql("DELETE FROM t WHERE i <= 20; INSERT INTO t VALUES (0)");
    const auto second = must(session->rows({"public", "t", *first.next, 50}));
    EXPECT_EQ(second.rows.at(0).at(0).as_string(), "51");
    EXPECT_FALSE(second.next);
}

TEST_F(AdministrationLive, cells_are_bounded_whatever_they_hold) {
    sql("CREATE TABLE t (i int PRIMARY KEY, long text, raw bytea, none text, \"we\"\"ird\" text); "
        "INSERT INTO t VALUES (1, repeat('ä', 5000000), decode(repeat('ff', 3000000), 'hex'), "
        "NULL, '')");
    const auto page = must(in()->rows({"public", "t", "", 50}));
    const auto& row = page.rows.at(0).as_array();
    EXPECT_EQ(row.at(1).as_string().size(), 2 * page.cell_letters_max);
    EXPECT_LE(row.at(2).as_string().size(), page.cell_letters_max);
    EXPECT_TRUE(row.at(3).is_null());
    EXPECT_EQ(row.at(4).as_string(), "");
    ASSERT_EQ(page.cut.size(), 2U);
    EXPECT_EQ(page.cut.at(0).column, 1U);
}

/// A table may be somebody's who waits for a superuser to look at it.
TEST_F(AdministrationLive, looking_runs_nobodys_functions_and_writes_nothing) {
    sql("CREATE TABLE proof (i int); CREATE TYPE trap AS (x int); "
        "CREATE FUNCTION spring(trap) RETURNS text LANGUAGE sql AS "
        "$$ INSERT INTO public.proof VALUES (1); SELECT 'sprung' $$; "
        "CREATE CAST (trap AS text) WITH FUNCTION spring(trap) AS ASSIGNMENT; "
        "CREATE TYPE mood AS ENUM ('bad', 'good'); "
        "CREATE TABLE t (v trap, m mood PRIMARY KEY, e trap); "
        "INSERT INTO t VALUES (ROW(1), 'good', ROW(NULL)), (NULL, 'bad', NULL)");
    const auto page = must(in()->rows({"public", "t", "", 50}));
    EXPECT_EQ(page.ordered_by.at(0), "ctid");
    EXPECT_EQ(page.rows.at(0).at(0).as_string(), "(1)");
    EXPECT_EQ(page.rows.at(0).at(2).as_string(), "()") << "a row of nothing is not nothing";
    EXPECT_TRUE(page.rows.at(1).at(2).is_null());
    EXPECT_EQ(server->sql("shop", "SELECT count(*) FROM proof"), "0");
}

TEST_F(AdministrationLive, names_are_names_and_cursors_are_ours) {
    sql("CREATE SCHEMA \"s\"\"; DROP TABLE x\"; CREATE TABLE \"s\"\"; DROP TABLE x\".\"t'; --\" "
        "(\"a\"\") FROM pg_authid; --\" int PRIMARY KEY); "
        "INSERT INTO \"s\"\"; DROP TABLE x\".\"t'; --\" VALUES (5), (6)");
    const auto session = in();
    EXPECT_EQ(paged(*session, {"s\"; DROP TABLE x", "t'; --", "", 1}, 0),
              (std::vector<std::string>{"5", "6"}));
    EXPECT_EQ(code_of(session->rows({"public", "t'; DROP TABLE x", "", 1})), Code::not_found);
    EXPECT_EQ(code_of(session->rows({"public", std::string{"t\0x", 3}, "", 1})), Code::invalid);
    sql("CREATE TABLE t (i int PRIMARY KEY); INSERT INTO t VALUES (1), (2)");
    const auto cursor = *must(session->rows({"public", "t", "", 1})).next;
    sql("CREATE TABLE u (j int PRIMARY KEY)");
    EXPECT_EQ(code_of(session->rows({"public", "u", cursor, 1})), Code::invalid);
    for (const char* bad : {"zz", "7b7d", "00", "é"})
        EXPECT_EQ(code_of(session->rows({"public", "t", bad, 1})), Code::invalid) << bad;
    const auto forged = to_hex(view_of(R"({"by":["i"],"after":["27204f5220313d31"]})"));
    EXPECT_EQ(code_of(session->rows({"public", "t", forged, 1})), Code::invalid);
}

TEST_F(AdministrationLive, acts_do_what_they_say_and_nothing_else) {
    sql("CREATE TABLE t AS SELECT generate_series(1, 9) i; ANALYZE t; CREATE TABLE other (i int); "
        "CREATE VIEW needs AS SELECT * FROM other");
    const auto shop = in();
    const DatabaseAct truncate{ActKind::truncate_table, "shop", "public", "t", ""};
    EXPECT_EQ(must(shop->forecast(truncate)).rows_estimate, 9U);
    EXPECT_EQ(server->sql("shop", "SELECT count(*) FROM t"), "9");
    must(shop->perform(truncate));
    EXPECT_EQ(server->sql("shop", "SELECT count(*) FROM t"), "0");
    must(shop->perform({ActKind::drop_table, "shop", "public", "t", ""}));
    EXPECT_EQ(code_of(shop->perform({ActKind::drop_table, "shop", "public", "other", ""})),
              Code::conflict)
        << "a view needs it";
    const auto outside = in("postgres");
    const std::string name = "n\"ew'; --";
    must(outside->perform({ActKind::create_database, name, "", "", "postgres"}));
    EXPECT_EQ(code_of(outside->forecast({ActKind::create_database, name, "", "", ""})),
              Code::exists);
    EXPECT_EQ(must(outside->forecast({ActKind::drop_database, "shop", "", "", ""})).connections,
              1U);
    EXPECT_EQ(code_of(outside->perform({ActKind::drop_database, "shop", "", "", ""})),
              Code::conflict)
        << "somebody is in it";
    must(outside->perform({ActKind::drop_database, name, "", "", ""}));
    EXPECT_EQ(code_of(outside->forecast({ActKind::drop_database, name, "", "", ""})),
              Code::not_found);
    EXPECT_EQ(code_of(outside->forecast({ActKind::drop_database, "template1", "", "", ""})),
              Code::denied);
    EXPECT_EQ(
        code_of(outside->perform({ActKind::create_database, std::string(64, 'x'), "", "", ""})),
        Code::invalid);
}

TEST_F(AdministrationLive, nobody_waits_long_for_a_lock) {
    sql("CREATE TABLE t (i int PRIMARY KEY)");
    const auto holder = must(Connection::open(must(ConnectionInfo::parse(server->url("shop")))));
    must(holder->exec("BEGIN; LOCK TABLE public.t"));
    EXPECT_EQ(code_of(in()->rows({"public", "t", "", 1})), Code::timeout);
}

}  // namespace
}  // namespace ds::engines::postgres
