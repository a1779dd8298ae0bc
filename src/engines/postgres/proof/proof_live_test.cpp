#include <set>

#include <gtest/gtest.h>

#include "crypto/sha256.hpp"
#include "engines/postgres/proof/inspect.hpp"
#include "engines/postgres/proof/proof.hpp"
#include "engines/postgres/restore/stored_dump.hpp"
#include "engines/testing/pg_server.hpp"
#include "engines/testing/stored_backup.hpp"
#include "sys/random.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

std::set<std::string> failed(const std::vector<Check>& checks) {
    std::set<std::string> names;
    for (const auto& check : checks) {
        if (!check.ok) names.insert(check.name);
        EXPECT_EQ(check.ok, check.detail.empty()) << check.name << ": " << check.detail;
    }
    return names;
}

std::string list_of(const std::vector<Check>& checks) {
    std::string text;
    for (const auto& check : checks)
        text += fmt::format("{} {} {}: {}\n", check.ok, check.name, check.compared, check.detail);
    return text;
}

class Findings : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "dsproof-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        state_ = name;
    }
    void TearDown() override {
        EXPECT_TRUE(!fs::exists(state_ / "scratch") || fs::is_empty(state_ / "scratch"));
        fs::remove_all(state_);
    }
    Result<std::vector<Check>> prove(StoredBackup& backup, bool compare = true) const {
        return rehearse(backup, {compare, tool_dirs(), state_.string(), 2}, sys::plain_run());
    }
    static std::unique_ptr<StoredBackup> small_backup(const std::string& more = "SELECT 1") {
        PgServer server{{.major = 15}};
        server.create_database("shop");
        server.sql(
            "shop",
            "CREATE TABLE t (i int PRIMARY KEY, s text); INSERT INTO t SELECT i, md5(i::text) "
            "FROM generate_series(1, 5000) i; SELECT lo_from_bytea(7, 'seven'), lo_create(8)");
        server.sql("shop", more);
        return take_backup(server.url("shop"));
    }
    fs::path state_;
};

class Proof : public Findings, public ::testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(PostgreSQL, Proof, ::testing::Values(12, 15, 17, 18),
                         [](const auto& info) { return std::to_string(info.param); });

TEST_P(Proof, shows_that_a_backup_of_every_kind_of_object_equals_its_source) {
    DS_NEEDS_PG(GetParam(), false);
    std::unique_ptr<StoredBackup> backup;
    {
        PgServer server{{.major = GetParam()}};
        server.create_database("every");
        server.load("every", source_directory() / "tests/samples/every_kind.sql");
        backup = take_backup(server.url("every"));
    }
    const auto inspected = must(inspect(*backup, sys::plain_run()));
    EXPECT_TRUE(failed(inspected).empty()) << list_of(inspected);
    const auto restored = must(prove(*backup, false));
    EXPECT_TRUE(failed(restored).empty()) << list_of(restored);
    const auto compared = must(prove(*backup, true));
    EXPECT_TRUE(failed(compared).empty()) << list_of(compared);
    EXPECT_GT(compared.size(), restored.size());
    for (const auto& check : compared) EXPECT_GT(check.compared, 0) << check.name;
}

TEST_F(Findings, rows_that_are_not_the_sources_are_named) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup();
    auto& tables = backup->facts_value.at("tables").as_array();
    tables[0].at("rows") = 4999;
    tables[0].at("content") = std::string(32, '0');
    const auto checks = must(prove(*backup));
    EXPECT_EQ(failed(checks), (std::set<std::string>{"row counts", "row contents"}))
        << list_of(checks);
    // The cheaper level looks at objects only.
    EXPECT_TRUE(failed(must(prove(*backup, false))).empty());
}

TEST_F(Findings, a_large_object_that_is_not_the_sources_is_found) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup();
    auto& spans = backup->indexes["database.dump"].at("spans").as_array();
    for (auto& span : spans) {
        if (span.at("kind") == "blobs") span.at("content") = std::string(32, '0');
    }
    EXPECT_EQ(failed(must(prove(*backup))), std::set<std::string>{"large object contents"});
}

TEST_F(Findings, a_dump_that_does_not_restore_is_a_finding_and_not_an_error) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup();
    const auto row =
        text_of(backup->dump()).find("c4ca4238a0b923820dcc509a6f75849b");  // md5 of "1"
    ASSERT_NE(row, std::string_view::npos);
    backup->dump()[row - 1] = std::byte{'x'};  // the tab before it
    const auto checks = must(prove(*backup));
    EXPECT_EQ(failed(checks), std::set<std::string>{"restores"}) << list_of(checks);
    EXPECT_NE(checks[0].detail.find("public.t"), std::string::npos) << checks[0].detail;
}

TEST_F(Findings, inspection_finds_every_flipped_bit) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup();
    for (int i = 0; i < 200; ++i) {
        auto& byte =
            backup->dump()[static_cast<std::size_t>(sys::random_below(backup->dump().size()))];
        const auto bit = std::byte{1} << static_cast<int>(sys::random_below(8));
        byte ^= bit;
        EXPECT_FALSE(failed(must(inspect(*backup, sys::plain_run()))).empty()) << "bit " << i;
        byte ^= bit;
    }
    backup->dump().pop_back();
    EXPECT_FALSE(failed(must(inspect(*backup, sys::plain_run()))).empty());
}

TEST_F(Findings, inspection_finds_rows_of_other_columns_and_parts_that_are_gone) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup();
    const auto row = text_of(backup->dump()).find("c4ca4238a0b923820dcc509a6f75849b");
    backup->dump()[row + 5] = std::byte{'\t'};
    backup->parts.erase("globals.sql");
    const auto names = failed(must(inspect(*backup, sys::plain_run())));
    EXPECT_EQ(names, (std::set<std::string>{"blocks and their content", "columns of every row",
                                            "globals.sql is complete"}));
}

TEST_F(Findings, a_store_that_cannot_be_reached_is_no_finding) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup();
    backup->on_open = [](const std::string&, std::uint64_t offset) -> Status {
        return offset > 0 ? Status{fail(Code::unavailable, "the store is gone")} : Status{};
    };
    const auto result = prove(*backup);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), Code::unavailable);
    EXPECT_NE(result.error().message().find("cannot be proven here"), std::string::npos);
}

TEST_F(Findings, a_version_that_this_machine_lacks_is_no_finding) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup();
    backup->facts_value.at("server_version_num") = 90600;
    const auto result = prove(*backup);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), Code::unsupported);
    EXPECT_FALSE(result.error().hint().empty());
}

TEST_F(Findings, an_extension_that_this_machine_lacks_is_no_finding) {
    DS_NEEDS_PG(15, false);
    auto backup = small_backup("CREATE EXTENSION citext");
    // As if the source had one that nobody has: the same length everywhere in the table of
    // contents.
    auto& span = backup->indexes["database.dump"].at("spans").as_array()[0];
    const auto header = span.at("bytes").to_number<std::size_t>();
    std::string text{text_of(View{backup->dump()}.first(header))};
    for (auto at = text.find("citext"); at != std::string::npos; at = text.find("citext", at)) {
        text.replace(at, 6, "zitext");
    }
    std::copy_n(view_of(text).begin(), header, backup->dump().begin());
    span.at("sha256") = crypto::sha256_hex(view_of(text));
    const auto result = prove(*backup);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), Code::unsupported);
    EXPECT_NE(
        result.error().message().find("cannot be proven here: extension zitext is not installed"),
        std::string::npos)
        << result.error().message();
}

}  // namespace
}  // namespace ds::engines::postgres
