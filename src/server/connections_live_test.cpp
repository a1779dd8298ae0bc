#include <gmock/gmock.h>

#include "server/testing/server_story.hpp"

// Connections that do not work, and what is told about them. Tests that begin with a letter and a
// number are about a weakness that products of this kind are known for.
namespace ds::server::testing {
namespace {

/// The check that failed, which is the last.
std::string failed_check(const json::Value& probe) {
    const auto& checks = probe.at("checks").as_array();
    const auto& last = checks.at(checks.size() - 1);
    EXPECT_FALSE(last.at("ok").as_bool()) << json::to_text(probe);
    EXPECT_NE(text(last, "detail"), "");
    return text(last, "name");
}

TEST_F(ServerStory, U_04_a_server_that_cannot_be_backed_up_says_at_what_it_fails) {
    const PgServer pg{{.major = 17, .password = "pw-good"}};
    pg.create_database("closed");
    pg.sql("postgres",
           "CREATE ROLE stranger LOGIN PASSWORD 'pw-good'; CREATE TABLE secret (i int); "
           "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    const auto here = fmt::format("127.0.0.1:{}/", pg.port());
    struct Case {
        std::string url, secret, database, cause;
    };
    int count = 0;
    for (const auto& [url, secret, database, cause] :
         {Case{"postgres://postgres@no-such-host.invalid/", "pw-good", "postgres", "host name"},
          Case{"postgres://postgres@127.0.0.1:1/", "pw-good", "postgres", "network"},
          Case{"postgres://postgres@" + here + "?sslmode=require", "pw-good", "postgres", "TLS"},
          Case{"postgres://postgres@" + here, "pw-bad", "postgres", "sign-in"},
          Case{"postgres://postgres@" + here, "pw-good", "nowhere", "database"},
          Case{"postgres://stranger@" + here, "pw-good", "closed", "right to connect"},
          Case{"postgres://stranger@" + here, "pw-good", "postgres", "rights"}}) {
        const auto made =
            post("servers",
                 {{"name", "s" + std::to_string(++count)}, {"url", url}, {"secret", secret}}, 201);
        const auto path = "servers/" + text(made, "id");
        const auto probe = post(path + "/test", {{"database", database}}, 200);
        EXPECT_EQ(failed_check(probe), cause) << json::to_text(probe);
        EXPECT_EQ(json::to_text(probe).find(secret), std::string::npos);
        const bool reached = cause == "rights";
        post(path + "/role-sql", {{"database", database}}, reached ? 200 : 503);
    }
}

TEST_F(ServerStory, stores_and_channels_that_do_not_work_say_why) {
    const auto file = directory / "a-file";
    ASSERT_TRUE(sys::write_file(file, view_of("not a directory")));
    const json::bj::object key{{"secret_key", "hush"}};
    const auto test = [&](const std::string& url, const json::bj::object& secrets) {
        const auto made = post("stores", {{"name", url}, {"url", url}, {"secrets", secrets}}, 201);
        const auto probe = post("stores/" + text(made, "id") + "/test", {}, 200);
        EXPECT_EQ(probe.at("checks").as_array().size(), 1U);
        EXPECT_EQ(json::to_text(probe).find("hush"), std::string::npos);
        const auto name = failed_check(probe);
        return name + ": " + text(probe.at("checks").at(0), "detail");
    };
    using ::testing::StartsWith;
    EXPECT_THAT(test("file://" + file.string(), {}), StartsWith("place: "));
    EXPECT_THAT(test("s3://bkt/p?endpoint=http://127.0.0.1:1&access_key=me", key),
                StartsWith("network: "));
    EXPECT_THAT(test("s3://bkt/p?endpoint=http://no-such-host.invalid&access_key=me", key),
                StartsWith("host name: "));
    const auto channel = [&](const std::string& url) {
        const auto made = post(
            "channels",
            {{"name", url}, {"driver", "webhook"}, {"secrets", json::bj::object{{"url", url}}}},
            201);
        const auto probe = post("channels/" + text(made, "id") + "/test", {}, 200);
        EXPECT_FALSE(probe.at("delivered").as_bool());
        return text(probe, "answer");
    };
    EXPECT_NE(channel("http://127.0.0.1:1/").find("refused"), std::string::npos);
    EXPECT_NE(channel("http://no-such-host.invalid/").find("host"), std::string::npos);
}

}  // namespace
}  // namespace ds::server::testing
