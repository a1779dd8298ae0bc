#include <gtest/gtest.h>

#include "engines/postgres/facts/privileges.hpp"
#include "engines/testing/dump_helpers.hpp"
#include "engines/testing/pg_server.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

class Privileges : public ::testing::TestWithParam<int> {
protected:
    void SetUp() override {
        DS_NEEDS_PG(GetParam(), false);
        server_ = std::make_unique<PgServer>(PgOptions{.major = GetParam()});
        server_->create_database("shop");
        server_->sql("shop",
                     "CREATE ROLE backup LOGIN; CREATE SCHEMA app; CREATE TABLE app.orders AS "
                     "SELECT 1 AS id; "
                     "CREATE TABLE open (i int); GRANT SELECT ON open TO backup; CREATE SEQUENCE "
                     "app.numbers");
    }
    Result<Dumped> dump() const { return dump_all(server_->url("shop", "backup")); }
    Error refused() const {
        auto done = dump();
        if (done) throw std::runtime_error{"it was dumped"};
        EXPECT_EQ(done.error().code(), Code::denied) << done.error().message();
        EXPECT_FALSE(done.error().hint().empty());
        return done.error();
    }
    std::unique_ptr<PgServer> server_;
};
INSTANTIATE_TEST_SUITE_P(PostgreSQL, Privileges, ::testing::Values(12, 17, 18),
                         [](const auto& info) { return std::to_string(info.param); });

TEST_P(Privileges, what_cannot_be_read_is_named_before_a_byte_flows) {
    const auto tables = refused();
    EXPECT_NE(tables.message().find("app.orders"), std::string::npos) << tables.message();
    EXPECT_EQ(tables.message().find("open"), std::string::npos) << tables.message();

    server_->sql("shop",
                 "GRANT USAGE ON SCHEMA app TO backup; GRANT SELECT ON app.orders TO backup");
    const auto sequences = refused();
    EXPECT_NE(sequences.message().find("app.numbers"), std::string::npos) << sequences.message();

    server_->sql("shop", "GRANT SELECT ON app.numbers TO backup");
    server_->sql("shop", "SELECT lo_create(4711)");
    const auto objects = refused();
    EXPECT_NE(objects.message().find("4711"), std::string::npos) << objects.message();

    server_->sql("shop", "GRANT SELECT ON LARGE OBJECT 4711 TO backup");
    server_->sql("shop", "ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY");
    const auto rows = refused();
    EXPECT_NE(rows.message().find("app.orders"), std::string::npos) << rows.message();
    EXPECT_NE(rows.hint().find("BYPASSRLS"), std::string::npos) << rows.hint();

    server_->sql("shop", "ALTER ROLE backup BYPASSRLS");
    const auto done = dump();
    ASSERT_TRUE(done.has_value()) << done.error().message();
    EXPECT_EQ(done->facts.summary.rows, 1);

    // Nobody allowed this role to read passwords.
    ASSERT_EQ(done->facts.summary.notes.size(), 1);
    EXPECT_NE(done->facts.summary.notes[0].find("without role passwords"), std::string::npos);
    const std::string globals{text_of(done->part("globals.sql"))};
    EXPECT_NE(globals.find("CREATE ROLE backup"), std::string::npos);
    EXPECT_EQ(globals.find("PASSWORD"), std::string::npos);
}

TEST_P(Privileges, a_role_that_reads_all_data_is_enough) {
    if (GetParam() < 14) GTEST_SKIP() << "pg_read_all_data came with 14";
    server_->sql("shop", "GRANT pg_read_all_data TO backup");
    const auto done = dump();
    ASSERT_TRUE(done.has_value()) << done.error().message() << done.error().hint();
    EXPECT_EQ(done->facts.summary.rows, 1);
}

TEST_P(Privileges, globals_of_a_superuser_have_passwords_and_the_settings_of_the_database) {
    server_->sql(
        "shop",
        "SET password_encryption = 'scram-sha-256'; CREATE ROLE somebody PASSWORD 'secret'; "
        "ALTER DATABASE shop SET search_path = app, \"$user\"");
    const auto done = must(dump_all(server_->url("shop")));
    const std::string globals{text_of(done.part("globals.sql"))};
    EXPECT_NE(globals.find("SCRAM-SHA-256"), std::string::npos);
    EXPECT_NE(globals.find("ALTER DATABASE \"shop\" SET \"search_path\" TO 'app', '$user';"),
              std::string::npos);
    EXPECT_TRUE(done.facts.summary.notes.empty());
    server_->psql("postgres", {"-c", "DROP ROLE somebody"});
    const auto file = server_->directory() / "globals.sql";
    must(sys::write_file(file, done.part("globals.sql")));
    server_->psql("shop", {"-v", "ON_ERROR_STOP=0", "-f", file.string()});
    EXPECT_EQ(server_->sql("shop", "SELECT count(*) FROM pg_roles WHERE rolname = 'somebody'"),
              "1");
}

}  // namespace
}  // namespace ds::engines::postgres
