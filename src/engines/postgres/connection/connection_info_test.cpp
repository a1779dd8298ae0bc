#include "engines/postgres/connection/connection_info.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "sys/files.hpp"

namespace ds::engines::postgres {
namespace {

class ConnectionInfoTest : public ::testing::Test {
protected:
    void SetUp() override {
        ::unsetenv("PGPASSWORD");
        ::unsetenv("PGPASSWORD_FILE");
    }
    static Error refused(const std::string& url) {
        auto info = ConnectionInfo::parse(Secret{url});
        EXPECT_FALSE(info.has_value()) << url;
        return info ? fail(Code::internal, "accepted") : info.error();
    }
    static ConnectionInfo parsed(const std::string& url) {
        auto info = ConnectionInfo::parse(Secret{url});
        EXPECT_TRUE(info.has_value()) << url << ": " << (info ? "" : info.error().message());
        return info ? *info : ConnectionInfo{};
    }
    static std::string password(const ConnectionInfo& info) {
        const auto found = info.parameters().find("password");
        return found == info.parameters().end() ? "" : found->second.reveal();
    }
};

TEST_F(ConnectionInfoTest, reads_a_url_and_describes_it_without_its_password) {
    const auto info =
        parsed("postgres://backup:p%40ss%3Aw%2Frd%25@db.example.org:6543/shop?sslmode=require");
    EXPECT_EQ(info.database(), "shop");
    EXPECT_EQ(info.user(), "backup");
    EXPECT_EQ(password(info), "p@ss:w/rd%");
    EXPECT_EQ(info.describe(), "shop at db.example.org:6543 as backup");
    EXPECT_EQ(info.server(), "db.example.org:6543");
    EXPECT_EQ(info.parameters().at("sslmode").reveal(), "require");
}

TEST_F(ConnectionInfoTest, accepts_both_schemes_sockets_ipv6_and_several_hosts) {
    EXPECT_EQ(parsed("postgresql://h/d").describe(), "d at h:5432");
    EXPECT_EQ(parsed("postgres:///d?host=/run/postgresql").server(), "/run/postgresql");
    EXPECT_EQ(parsed("postgres:///d").server(), "local socket");
    EXPECT_EQ(parsed("postgres://[2001:db8::1]:5433/d").server(), "[2001:db8::1]:5433");
    EXPECT_EQ(parsed("postgres://a:1,b:2/d").server(), "a,b:1,2");
    EXPECT_EQ(parsed("postgres://h").database(), "");
    EXPECT_EQ(parsed("postgres://h/a%20%22b%22%3D").database(), "a \"b\"=");
}

TEST_F(ConnectionInfoTest,
       takes_the_password_from_the_environment_or_a_file_when_the_url_has_none) {
    ::setenv("PGPASSWORD", "from-env", 1);
    EXPECT_EQ(password(parsed("postgres://u@h/d")), "from-env");
    EXPECT_EQ(password(parsed("postgres://u:own@h/d")), "own");
    ::unsetenv("PGPASSWORD");
    const std::string file = ::testing::TempDir() + "/password";
    ASSERT_TRUE(sys::write_file(file, view_of("from file\n"), 0600));
    ::setenv("PGPASSWORD_FILE", file.c_str(), 1);
    EXPECT_EQ(password(parsed("postgres://u@h/d")), "from file");
    ::setenv("PGPASSWORD_FILE", "/nowhere/at/all", 1);
    EXPECT_NE(refused("postgres://u@h/d").message().find("/nowhere/at/all"), std::string::npos);
}

TEST_F(ConnectionInfoTest, refuses_nonsense_without_repeating_the_password) {
    for (const std::string url :
         {"mysql://u:hunter2@h/d", "u:hunter2@h/d", "", "host=h password=hunter2",
          "postgres://u:hunter2%zz@h/d", "postgres://u:hunter2%@h/d",
          "postgres://u:hunter2@h:99999/d", "postgres://u:hunter2@h:port/d",
          "postgres://u:hunter2@h:0/d", "postgres://u:hunter2@[::1/d",
          "postgres://u:hunter2@h/d?hunter2=1", "postgres://u:hunter2@h/d?hunter2",
          "postgres://u:hunter2%00@h/d", "postgres://u:hunter2@h/d?a=b=c",
          "postgres://u:hunter2@h/d?replication=true",
          "postgres://u:hunter2@h/d?password=hunter2%0A"}) {
        const auto error = refused(url);
        EXPECT_EQ(error.code(), Code::invalid) << url;
        EXPECT_EQ(error.message().find("hunter2"), std::string::npos) << error.message();
        EXPECT_EQ(error.hint().find("hunter2"), std::string::npos) << error.hint();
    }
    EXPECT_EQ(refused("postgres://" + std::string(20000, 'x')).code(), Code::invalid);
    EXPECT_EQ(refused(std::string{"postgres://h/d\0x", 16}).code(), Code::invalid);
}

TEST_F(ConnectionInfoTest, an_unescaped_at_sign_in_a_password_is_not_shown_by_describe) {
    // libpq takes "ss@h" for the host; whoever wrote that gets the hint about '@'.
    const auto info = ConnectionInfo::parse(Secret{"postgres://u:pa@ss@h/d"});
    if (info) {
        EXPECT_EQ(info->describe().find("pa@"), std::string::npos);
    }
}

TEST_F(ConnectionInfoTest, a_control_character_cannot_reach_the_terminal) {
    EXPECT_EQ(parsed("postgres://h/a%1B%5B2Jb").describe().find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace ds::engines::postgres
