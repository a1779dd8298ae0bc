#include "catalog/vault.hpp"

#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

#include "catalog/rotation.hpp"
#include "catalog/tables.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::catalog {
namespace {

class VaultTest : public ::testing::Test {
protected:
    sys::testing::TempDirectory directory;
    sys::fs::path file = directory / "master.key";
    Vault vault = Vault::open(file).value();
};

TEST_F(VaultTest, opens_what_it_sealed_in_that_row_only) {
    const auto sealed = vault.seal(Secret{"hunter2"}, "servers/1");
    EXPECT_EQ(sealed.find("hunter2"), std::string::npos);
    EXPECT_EQ(vault.open_sealed(sealed, "servers/1")->reveal(), "hunter2");
    EXPECT_EQ(vault.open_sealed(sealed, "servers/2").error().code(), Code::corrupt);
    EXPECT_EQ(vault.open_sealed("nonsense", "servers/1").error().code(), Code::corrupt);
    EXPECT_EQ(vault.seal(Secret{}, "servers/1"), "");
}

TEST_F(VaultTest, the_key_file_is_private_and_the_same_after_a_restart) {
    EXPECT_EQ(sys::fs::status(file).permissions() & sys::fs::perms{077}, sys::fs::perms::none);
    const auto sealed = vault.seal(Secret{"hunter2"}, "servers/1");
    EXPECT_EQ(Vault::open(file)->open_sealed(sealed, "servers/1")->reveal(), "hunter2");
}

TEST_F(VaultTest, another_key_file_is_named_as_the_cause) {
    const auto sealed = vault.seal(Secret{"hunter2"}, "servers/1");
    const auto other = Vault::open(directory / "other.key").value();
    EXPECT_EQ(other.open_sealed(sealed, "servers/1").error().code(), Code::unauthenticated);
    ASSERT_TRUE(sys::write_file(directory / "bad.key", view_of("a b c\n")));
    EXPECT_EQ(Vault::open(directory / "bad.key").error().code(), Code::corrupt);
}

TEST_F(VaultTest, a_new_key_takes_over_while_the_old_one_still_opens) {
    const auto catalog = Catalog::open({directory / "state", {}}).value();
    model::Server server;
    begin_record(server, "org", std::chrono::system_clock::now());
    const auto place = "servers/" + server.id;
    server.sealed = vault.seal(Secret{"hunter2"}, place);
    ASSERT_TRUE(catalog->write([&](Session& s) { return servers.insert(s, server); }));
    const auto rotated = rotate_master_key(*catalog, vault, std::chrono::system_clock::now());
    ASSERT_TRUE(rotated) << rotated.error().message();
    EXPECT_EQ(rotated->resealed, 1U);
    EXPECT_EQ(vault.open_sealed(server.sealed, place)->reveal(), "hunter2");
    EXPECT_FALSE(vault.current(server.sealed));
    EXPECT_EQ(reseal(*catalog, vault).value(), 0U);
    const auto read =
        catalog->read([&](Session& s) { return servers.get(s, "org", server.id); }).value();
    EXPECT_TRUE(vault.current(read.sealed));
    EXPECT_EQ(vault.open_sealed(read.sealed, place)->reveal(), "hunter2");
}

class Rotating : public VaultTest {
protected:
    static constexpr int rows = 250;  // more than are sealed in one transaction
    std::unique_ptr<Catalog> catalog = Catalog::open({directory / "state", {}}).value();
    Time now = std::chrono::system_clock::now();

    void SetUp() override {
        ASSERT_TRUE(catalog->write([&](Session& session) -> Status {
            for (int at = 0; at < rows; ++at) {
                model::Server server;
                begin_record(server, "org", now);
                server.name = "db " + std::to_string(at);
                server.sealed = vault.seal(Secret{server.name}, "servers/" + server.id);
                DS_DO(servers.insert(session, server));
            }
            return {};
        }));
    }
    /// How many rows open with `vault`, and how many of them are sealed by its newest key.
    std::pair<int, int> opened(const Vault& vault) {
        const auto all = catalog->read([](Session& s) { return servers.select(s, ""); }).value();
        std::pair<int, int> count;
        for (const auto& server : all) {
            const auto secret = vault.open_sealed(server.sealed, "servers/" + server.id);
            if (secret && secret->reveal() == server.name) ++count.first;
            if (vault.current(server.sealed)) ++count.second;
        }
        return count;
    }
};

TEST_F(Rotating, everything_is_sealed_by_the_new_key_and_opens_before_and_after_a_restart) {
    const auto rotated = rotate_master_key(*catalog, vault, now);
    ASSERT_TRUE(rotated) << rotated.error().message();
    EXPECT_EQ(rotated->resealed, std::size_t{rows});
    EXPECT_EQ(opened(vault), (std::pair{rows, rows}));
    EXPECT_EQ(opened(Vault::open(file).value()), (std::pair{rows, rows}));
}

/// The process ends at each place where that could hurt; who starts it again finds all readable.
TEST_F(Rotating, a_kill_at_any_step_loses_nothing) {
    for (const auto* step :
         {"rotation.announced", "rotation.adopted", "rotation.resealed", "rotation.resealed@2"}) {
        EXPECT_EXIT(
            {
                ::setenv("DUMPSTATION_FAILPOINT", (std::string{step} + ":kill").c_str(), 1);
                const auto catalog = Catalog::open({directory / "state", {}});
                const auto vault = Vault::open(file);
                static_cast<void>(rotate_master_key(**catalog, *vault, now));
            },
            ::testing::KilledBySignal(SIGKILL), "")
            << step;
        now += std::chrono::hours{1};  // the dead one's lease is over
        const auto vault = Vault::open(file).value();
        EXPECT_EQ(opened(vault).first, rows) << step;
        ASSERT_TRUE(reseal(*catalog, vault)) << step;
        EXPECT_EQ(opened(vault), (std::pair{rows, rows})) << step;
    }
}

TEST_F(Rotating, one_at_a_time) {
    ASSERT_TRUE(take_lease(*catalog, "master-key", "other", now, std::chrono::seconds{60}).value());
    EXPECT_EQ(rotate_master_key(*catalog, vault, now).error().code(), Code::conflict);
}

TEST_F(Rotating, a_secret_that_nobody_can_open_holds_up_no_other) {
    ASSERT_TRUE(catalog->write([&](Session& session) -> Status {
        model::Server server;
        begin_record(server, "org", now);
        server.name = "broken";
        server.sealed = "dsv1.00000000.nonsense";
        return servers.insert(session, server);
    }));
    ASSERT_TRUE(rotate_master_key(*catalog, vault, now));
    EXPECT_EQ(opened(vault), (std::pair{rows, rows}));
}

}  // namespace
}  // namespace ds::catalog
