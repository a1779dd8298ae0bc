#include "catalog/testing/catalog_suite.hpp"
#include "sys/testing/pg_server.hpp"

namespace ds::catalog::testing {
namespace {

/// One server for all tests; a database each.
std::function<Result<std::unique_ptr<Catalog>>()> on_postgres() {
    if (!sys::testing::has_pg(17)) return {};
    static sys::testing::PgServer server{{.major = 17}};
    static int count = 0;
    const auto name = "catalog" + std::to_string(++count);
    server.psql("postgres", {"-c", "CREATE DATABASE " + name});
    return [url = server.url(name)] { return Catalog::open({"/nonexistent", url}); };
}

INSTANTIATE_TEST_SUITE_P(Postgres, CatalogSuite,
                         ::testing::Values(CatalogCase{"postgres", on_postgres}));

}  // namespace
}  // namespace ds::catalog::testing
