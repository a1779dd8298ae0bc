#include "catalog/rotation.hpp"
#include "catalog/testing/catalog_suite.hpp"
#include "sys/testing/pg_server.hpp"
#include "sys/testing/temp_directory.hpp"

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

/// Two servers, each with a key file of its own, on one catalog.
TEST(SharedCatalog, a_server_learns_the_master_key_that_another_one_made) {
    const auto open = on_postgres();
    if (!open) GTEST_SKIP() << "this machine has no such server";
    const auto catalog = open().value();
    const sys::testing::TempDirectory directory;
    const auto first = Vault::open(directory / "first.key").value();
    sys::fs::copy_file(directory / "first.key", directory / "second.key");
    auto second = Vault::open(directory / "second.key").value();
    const auto now = std::chrono::system_clock::now();
    model::Server server;
    begin_record(server, "org", now);
    const auto place = "servers/" + server.id;
    server.sealed = first.seal(Secret{"hunter2"}, place);
    ASSERT_TRUE(catalog->write([&](Session& s) { return servers.insert(s, server); }));

    const auto rotated = rotate_master_key(*catalog, first, now);
    ASSERT_TRUE(rotated) << rotated.error().message();
    const auto sealed = [&] {
        return catalog->read([&](Session& s) { return servers.get(s, "org", server.id); })->sealed;
    }();
    EXPECT_EQ(second.open_sealed(sealed, place).error().code(), Code::unauthenticated);
    second.ask_for_keys([&](const std::string& id) { return learn_key(*catalog, second, id); });
    EXPECT_EQ(second.open_sealed(sealed, place)->reveal(), "hunter2");
    EXPECT_TRUE(second.current(sealed)) << "and seals with it from now on";

    // The announcement is sealed by the old key, so it does not stay.
    ASSERT_TRUE(follow_rotations(*catalog, first, now + std::chrono::hours{25}));
    const auto left =
        catalog->read([](Session& s) { return s.run("SELECT count(*) FROM settings"); });
    EXPECT_EQ(sql::number_of(left->at(0).at(0)), 0);
}

}  // namespace
}  // namespace ds::catalog::testing
