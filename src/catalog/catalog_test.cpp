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

}  // namespace
}  // namespace ds::catalog::testing
