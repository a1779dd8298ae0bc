#include <fstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "engines/postgres/physical/base_backup.hpp"
#include "engines/postgres/physical/data_directory.hpp"
#include "engines/postgres/physical/page.hpp"
#include "engines/postgres/tools/tools.hpp"
#include "engines/testing/stored_backup.hpp"
#include "sys/testing/temp_directory.hpp"

// Whole clusters over the replication protocol, of every major version: as they are sent, as they
// are restored, and as PostgreSQL's own programs judge them.
namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;
using sys::testing::TempDirectory;

std::unique_ptr<StoredBackup> take_base(const PgServer& server) {
    DumpRequest request{.url = server.url(), .tool_dirs = tool_dirs()};
    request.method = Method::physical;
    return take_backup(request);
}

class BasePerMajor : public ::testing::TestWithParam<int> {
protected:
    TempDirectory directory;
    std::unique_ptr<PgServer> server;

    void start(std::vector<std::string> settings = {}) {
        server = std::make_unique<PgServer>(
            PgOptions{.major = GetParam(), .settings = std::move(settings)});
        server->create_database("shop");
        server->sql("shop",
                    "CREATE TABLE orders AS SELECT i, repeat('x', i % 100) AS what FROM "
                    "generate_series(1, 20000) i; CREATE INDEX ON orders (i); "
                    "CREATE UNLOGGED TABLE scratch AS SELECT 1 AS one");
    }
    std::vector<Check> proof(PartReader& backup, bool compare = true) {
        return must(must(engine_by_name("postgres"))
                        ->rehearse(backup,
                                   {.compare = compare,
                                    .tool_dirs = tool_dirs(),
                                    .state_directory = (directory / "state").string()},
                                   sys::plain_run()));
    }
    static std::vector<Check> inspected(PartReader& backup) {
        return must(must(engine_by_name("postgres"))->inspect(backup, sys::plain_run()));
    }
    /// Of this version or a newer one; 12 does not have all of them.
    static std::string program(const std::string& name) {
        const auto major = std::max(GetParam(), 13);
        return must(find_tool(name, major, Fit::same_or_newer, tool_dirs(), {})).path.string();
    }
    /// A directory that the server may write into.
    std::string for_server(const std::string& name) {
        const auto path = sys::fs::path{"/tmp"} / (directory.path().filename().string() + name);
        struct stat data{};
        const auto where = server->sql("postgres", "SHOW data_directory");
        EXPECT_EQ(::stat(where.c_str(), &data), 0);
        sys::fs::create_directory(path);
        EXPECT_EQ(::chown(path.c_str(), data.st_uid, data.st_gid), 0);
        outside.push_back(path);
        return path.string();
    }
    std::vector<sys::fs::path> outside;
    void TearDown() override {
        server.reset();
        for (const auto& path : outside) sys::fs::remove_all(path);
    }
    static void expect_all_ok(const std::vector<Check>& checks) {
        for (const auto& check : checks)
            EXPECT_TRUE(check.ok) << check.name << ": " << check.detail;
    }
};

TEST_P(BasePerMajor, a_base_backup_starts_and_its_tables_can_be_read) {
    DS_NEEDS_PG(GetParam(), false);
    start();
    const auto backup = take_base(*server);
    const auto facts = must(base_facts(*backup));
    EXPECT_EQ(facts.server_version / 10000, static_cast<unsigned>(GetParam()));
    EXPECT_GT(facts.files, 500U);
    EXPECT_EQ(facts.pages_damaged, 0U);
    const auto checks = inspected(*backup);
    EXPECT_EQ(checks.size(), 3U);
    expect_all_ok(checks);
    expect_all_ok(proof(*backup));
    EXPECT_EQ(server->sql("postgres", "SELECT count(*) FROM pg_replication_slots"), "0")
        << "our slot goes with us";
}

class BaseBackups : public BasePerMajor {};

TEST_P(BaseBackups, what_is_restored_passes_pg_verifybackup) {
    DS_NEEDS_PG(GetParam(), false);
    start();
    const auto backup = take_base(*server);
    const auto data = directory / "data";
    const auto report = must(restore_directory(*backup, {data, {}}, sys::plain_run()));
    EXPECT_EQ(report.server_major, static_cast<unsigned>(GetParam()));
    // Settings of our own were appended, which is what the option is for.
    const auto words = std::vector<std::string>{program("pg_verifybackup"), "-n", "-i",
                                                "postgresql.auto.conf", data.string()};
    EXPECT_NO_THROW(sys::testing::must_run(words));
    EXPECT_FALSE(restore_directory(*backup, {data, {}}, sys::plain_run()))
        << "it is not empty any more";
    std::ofstream{data / "PG_VERSION", std::ios::app} << "x";
    EXPECT_THROW(sys::testing::must_run(words), std::exception);
}

TEST_P(BaseBackups, tablespaces_go_where_they_are_sent) {
    DS_NEEDS_PG(GetParam(), false);
    start();
    const auto place = for_server("-fast");
    server->sql("postgres", "CREATE TABLESPACE fast LOCATION '" + place + "'");
    server->sql("shop", "CREATE TABLE spaced TABLESPACE fast AS SELECT generate_series(1, 5000) i");
    const auto backup = take_base(*server);
    EXPECT_EQ(backup->parts.size(), 4U) << "two tars, the manifest and the list";
    expect_all_ok(inspected(*backup));
    expect_all_ok(proof(*backup));
    const auto unmapped = restore_directory(*backup, {directory / "data", {}}, sys::plain_run());
    ASSERT_FALSE(unmapped) << "the server's own is still there";
    EXPECT_FALSE(sys::fs::exists(directory / "data")) << "nothing is left";
    const auto moved = (directory / "moved").string();
    must(restore_directory(*backup, {directory / "data", {{place, moved}}}, sys::plain_run()));
    const auto map = must(sys::read_file(directory / "data" / "tablespace_map", KiB));
    EXPECT_NE(text_of(map).find(moved), std::string::npos);
}

TEST_P(BaseBackups, F26_what_is_written_meanwhile_is_whole_after_recovery) {
    DS_NEEDS_PG(GetParam(), false);
    start();
    std::jthread writer{[&](const std::stop_token& stop) {
        for (int round = 0; !stop.stop_requested() && round < 1000; ++round)
            server->sql("shop", "UPDATE orders SET what = what || 'y' WHERE i % 7 = " +
                                    std::to_string(round % 7));
    }};
    const auto backup = take_base(*server);
    writer.request_stop();
    writer.join();
    expect_all_ok(inspected(*backup));
    expect_all_ok(proof(*backup));
}

TEST_P(BaseBackups, every_changed_byte_of_a_file_is_found) {
    DS_NEEDS_PG(GetParam(), false);
    start();
    const auto backup = take_base(*server);
    auto& tar = backup->parts.at(base_part);
    for (std::size_t step = 1; step < 40; ++step) {
        const auto at = tar.size() * step / 40;
        tar[at] ^= std::byte{1};
        bool found = false;
        for (const auto& check : inspected(*backup)) found |= !check.ok;
        // Only what no file holds, between their ends and the next header, is nobody's.
        EXPECT_TRUE(found || tar[at] == std::byte{1}) << at;
        tar[at] ^= std::byte{1};
    }
    tar.resize(tar.size() / 2);
    EXPECT_FALSE(inspected(*backup).front().ok);
}

class NewestBase : public BasePerMajor {};  // which has checksums by default

TEST_P(NewestBase, F28_a_page_that_the_servers_disk_damaged_is_named) {
    DS_NEEDS_PG(GetParam(), false);
    start();
    const auto file = server->sql("shop", "SELECT pg_relation_filepath('orders')");
    const auto data = server->sql("postgres", "SHOW data_directory");
    server->sql("shop", "CHECKPOINT");
    {
        std::fstream relation{sys::fs::path{data} / file,
                              std::ios::in | std::ios::out | std::ios::binary};
        relation.seekp(2 * page_bytes + 5000);
        relation.put('Z');
    }
    const auto backup = take_base(*server);
    const auto facts = must(base_facts(*backup));
    EXPECT_EQ(facts.pages_damaged, 1U);
    const auto checks = inspected(*backup);
    EXPECT_FALSE(checks.back().ok);
    EXPECT_NE(checks.back().detail.find("block 2 of " + file), std::string::npos)
        << checks.back().detail;
}

const auto major_of = [](const auto& major) { return std::to_string(major.param); };
INSTANTIATE_TEST_SUITE_P(PostgreSQL, BasePerMajor, ::testing::Range(12, 19), major_of);
// Each form of the protocol, and the newest.
INSTANTIATE_TEST_SUITE_P(PostgreSQL, BaseBackups, ::testing::Values(12, 13, 15, 18), major_of);
INSTANTIATE_TEST_SUITE_P(PostgreSQL, NewestBase, ::testing::Values(18), major_of);

}  // namespace
}  // namespace ds::engines::postgres
