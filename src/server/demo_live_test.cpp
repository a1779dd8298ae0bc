#include "server/demo/seed.hpp"
#include "server/testing/server_story.hpp"

// A server to look around in: sample data, nothing that runs, nothing that can be changed.
namespace ds::server::testing {
namespace {

class DemoStory : public ServerStory {
protected:
    void choose(Options& options) override {
        options.demo = true;
        options.admin_password = {};
    }
    void sign_in() override {
        token =
            text(post("session", {{"name", demo_user}, {"password", demo_password}}, 201), "token");
    }
};

TEST_F(DemoStory, R17_there_is_much_to_see_and_nothing_to_change) {
    EXPECT_EQ(get("servers").at("items").as_array().size(), 3U);
    EXPECT_EQ(get("databases").at("items").as_array().size(), 6U);
    EXPECT_EQ(get("backups?limit=500").at("items").as_array().size() > 300, true);
    EXPECT_EQ(get("protection").at("items").as_array().size(), 6U);
    get("statistics");
    get("statistics/history");
    const auto server_row = text(get("servers").at("items").at(0), "id");
    for (const auto& route : server->api().routes()) {
        if (route.method == "GET" || route.pattern == "/api/v1/session") continue;
        auto path = route.pattern;
        if (const auto place = path.find("{id}"); place != std::string::npos)
            path.replace(place, 4, server_row);
        const auto answer = ask(route.method, path, "{}");
        EXPECT_EQ(answer.status, 403) << route.method << ' ' << path;
        EXPECT_NE(answer.body.find("demo"), std::string::npos) << path;
    }
    EXPECT_FALSE(get("setup").at("needed").as_bool());
}

TEST_F(DemoStory, R17_nothing_runs_by_itself) {
    std::this_thread::sleep_for(1s);
    const auto waiting = get("runs?state.in=queued,running").at("items").as_array();
    EXPECT_TRUE(waiting.empty());
    EXPECT_TRUE(get("deliveries").at("items").as_array().empty());
    EXPECT_TRUE(get("notifications").at("items").as_array().empty());
}

TEST(Demo, R17_sample_data_never_comes_beside_real_data) {
    TempDirectory directory;
    const auto options = [&](bool demo) {
        Options made;
        made.state = directory / "state";
        made.admin_password = Secret{demo ? "" : password};
        made.demo = demo;
        return made;
    };
    ASSERT_TRUE(Server::start(options(false)));
    const auto refused = Server::start(options(true));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::conflict);
}

}  // namespace
}  // namespace ds::server::testing
