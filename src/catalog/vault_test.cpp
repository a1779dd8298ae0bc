#include "catalog/vault.hpp"

#include <gtest/gtest.h>

#include "catalog/tables.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::catalog {
namespace {

class VaultTest : public ::testing::Test {
protected:
    sys::testing::TempDirectory directory_;
    sys::fs::path file_ = directory_ / "master.key";
    Vault vault_ = Vault::open(file_).value();
};

TEST_F(VaultTest, opens_what_it_sealed_in_that_row_only) {
    const auto sealed = vault_.seal(Secret{"hunter2"}, "servers/1");
    EXPECT_EQ(sealed.find("hunter2"), std::string::npos);
    EXPECT_EQ(vault_.open_sealed(sealed, "servers/1")->reveal(), "hunter2");
    EXPECT_EQ(vault_.open_sealed(sealed, "servers/2").error().code(), Code::corrupt);
    EXPECT_EQ(vault_.open_sealed("nonsense", "servers/1").error().code(), Code::corrupt);
    EXPECT_EQ(vault_.seal(Secret{}, "servers/1"), "");
}

TEST_F(VaultTest, the_key_file_is_private_and_the_same_after_a_restart) {
    EXPECT_EQ(sys::fs::status(file_).permissions() & sys::fs::perms{077}, sys::fs::perms::none);
    const auto sealed = vault_.seal(Secret{"hunter2"}, "servers/1");
    EXPECT_EQ(Vault::open(file_)->open_sealed(sealed, "servers/1")->reveal(), "hunter2");
}

TEST_F(VaultTest, another_key_file_is_named_as_the_cause) {
    const auto sealed = vault_.seal(Secret{"hunter2"}, "servers/1");
    const auto other = Vault::open(directory_ / "other.key").value();
    EXPECT_EQ(other.open_sealed(sealed, "servers/1").error().code(), Code::unauthenticated);
    ASSERT_TRUE(sys::write_file(directory_ / "bad.key", view_of("a b c\n")));
    EXPECT_EQ(Vault::open(directory_ / "bad.key").error().code(), Code::corrupt);
}

TEST_F(VaultTest, a_new_key_takes_over_while_the_old_one_still_opens) {
    const auto catalog = Catalog::open({directory_ / "state", {}}).value();
    model::Server server;
    begin_record(server, "org", std::chrono::system_clock::now());
    const auto place = "servers/" + server.id;
    server.sealed = vault_.seal(Secret{"hunter2"}, place);
    ASSERT_TRUE(catalog->write([&](Session& s) { return servers.insert(s, server); }));
    ASSERT_TRUE(vault_.rotate());
    EXPECT_EQ(vault_.open_sealed(server.sealed, place)->reveal(), "hunter2");
    EXPECT_FALSE(vault_.current(server.sealed));
    EXPECT_EQ(reseal(*catalog, vault_).value(), 1U);
    EXPECT_EQ(reseal(*catalog, vault_).value(), 0U);
    const auto read =
        catalog->read([&](Session& s) { return servers.get(s, "org", server.id); }).value();
    EXPECT_TRUE(vault_.current(read.sealed));
    EXPECT_EQ(vault_.open_sealed(read.sealed, place)->reveal(), "hunter2");
}

}  // namespace
}  // namespace ds::catalog
