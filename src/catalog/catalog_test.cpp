#include "catalog/migrations.hpp"
#include "catalog/sql/sqlite.hpp"
#include "catalog/testing/catalog_suite.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::catalog::testing {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, CatalogSuite,
                         ::testing::Values(CatalogCase{
                             "sqlite", [] {
                                 const auto directory =
                                     std::make_shared<sys::testing::TempDirectory>();
                                 return [directory] {
                                     return Catalog::open({*directory / "state", {}});
                                 };
                             }}));

TEST(SqliteCatalog, is_nobody_elses_business) {
    const sys::testing::TempDirectory directory;
    const auto state = directory / "state";
    const auto catalog = Catalog::open({state, {}});
    ASSERT_TRUE(catalog);
    for (const auto& entry : sys::fs::directory_iterator{state}) {
        EXPECT_EQ(entry.status().permissions() & sys::fs::perms{077}, sys::fs::perms::none)
            << entry.path();
    }
}

TEST(SqliteCatalog, a_file_that_is_none_is_told_so) {
    const sys::testing::TempDirectory directory;
    ASSERT_TRUE(sys::write_file(directory / "catalog.sqlite",
                                view_of("this is not a database, but a long enough text")));
    EXPECT_EQ(Catalog::open({directory / ".", {}}).error().code(), Code::corrupt);
}

/// Rows as the first version wrote them.
constexpr const char* first_rows = R"sql(
INSERT INTO runs VALUES ('R', 'org', '', '', 1, 'restore', 'succeeded', 'manual', '', 'D', '',
    '{"backup":"B","store":"","level":0,"into_server":"S","into_database":"d","tables":[],"replace":true}',
    '', '', 1, 1, '', '', '', '', 0, '{"step":"","bytes_expected":0,"bytes_in":0,"bytes_out":0}',
    '', '', '', '', '[]');
INSERT INTO backups VALUES ('B', 'org', '', '', 1, 'brave-otter', 'D', '', 'R', 'postgres', 'logical', 'd-1',
    'manual', '', '', 0, 0, 0, 0, '', '', '', '[]', '',
    '{"level":0,"damaged":true,"at":"","detail":"it is","milliseconds":1}', 0, '', '{}', '');
)sql";

TEST(SqliteCatalog, L_08_what_an_older_version_wrote_is_read_as_what_it_meant) {
    const sys::testing::TempDirectory directory;
    auto session = sql::open_sqlite(directory / "catalog.sqlite", true);
    ASSERT_TRUE(session) << session.error().message();
    ASSERT_TRUE(migrate(**session, migrations().first(1)));
    ASSERT_TRUE((*session)->script(first_rows));
    const auto migrated = migrate(**session);
    ASSERT_TRUE(migrated) << migrated.error().message();
    const auto run = runs.get(**session, "org", "R");
    ASSERT_TRUE(run) << run.error().message();
    EXPECT_TRUE(run->order.replace);
    EXPECT_TRUE(run->order.safety_backup);
    EXPECT_EQ(run->order.keep_old_hours, 24U);
    const auto backup = backups.get(**session, "org", "B");
    ASSERT_TRUE(backup) << backup.error().message();
    EXPECT_TRUE(backup->quarantined);
    EXPECT_EQ(backup->proof.detail, "it is");
}

}  // namespace
}  // namespace ds::catalog::testing
