#include "server/testing/news_story.hpp"

// Addresses that users give us lead where they may, and nowhere else; and who asks too much waits.
namespace ds::server::testing {
namespace {

class GuardStory : public NewsStory {
protected:
    void choose(Options& options) override {
        NewsStory::choose(options);
        options.outgoing.channels.reach = net::Reach::network;
    }
};

TEST_F(GuardStory, S09_servers_stores_and_channels_do_not_reach_the_metadata_service) {
    const auto there = text(
        post("servers", {{"name", "meta"}, {"url", "postgres://me@169.254.169.254/"}}, 201), "id");
    const auto tried = ask("POST", "servers/" + there + "/test");
    EXPECT_NE(tried.body.find("must not be called"), std::string::npos) << tried.body;
    const auto bucket =
        text(post("stores",
                  {{"name", "meta"},
                   {"url", "s3://bucket/x?endpoint=http://169.254.169.254&region=r&access_key=a"},
                   {"secrets", Object{{"secret_key", "s"}}}},
                  201),
             "id");
    const auto store_tried = ask("POST", "stores/" + bucket + "/test");
    EXPECT_NE(store_tried.body.find("must not be called"), std::string::npos) << store_tried.body;
    const auto hook =
        add_channel("meta", "webhook", {}, {{"url", "http://169.254.169.254/latest"}});
    const auto hook_tried = post("channels/" + hook + "/test", {}, 200);
    EXPECT_FALSE(hook_tried.at("delivered").as_bool());
    EXPECT_NE(text(hook_tried, "answer").find("must not be called"), std::string::npos);
}

TEST_F(GuardStory, a_webhook_reaches_this_machine_only_where_that_is_allowed) {
    const auto hook = add_channel("hook", "webhook", {}, {{"url", webhook.url()}});
    EXPECT_FALSE(post("channels/" + hook + "/test", {}, 200).at("delivered").as_bool());
    EXPECT_TRUE(webhook.heard().empty()) << "not a byte was sent";
}

TEST_F(ServerStory, S07_a_password_does_not_follow_a_changed_address) {
    const auto id = text(post("servers",
                              {{"name", "db"},
                               {"url", "postgres://ops@db.example.invalid:5432/"},
                               {"secret", "hush-hush-7"}},
                              201),
                         "id");
    const auto move = [&](const std::string& more) {
        return call("PATCH", "servers/" + id,
                    R"({"url": "postgres://ops@evil.example.invalid/")" + more + "}",
                    more.empty() ? 400 : 200);
    };
    EXPECT_EQ(field_of(move("")), "secret");
    call("PATCH", "servers/" + id,
         R"({"url": "postgres://other@db.example.invalid:5432/?sslmode=require"})", 200);
    move(R"(, "secret": "another-one-8")");
    const auto mail = text(post("channels",
                                {{"name", "mail"},
                                 {"driver", "email"},
                                 {"options", Object{{"host", "mail.example.invalid"},
                                                    {"from", "a@example.org"},
                                                    {"to", "b@example.org"},
                                                    {"user", "a"}}},
                                 {"secrets", Object{{"password", "hush-hush-9"}}}},
                                201),
                           "id");
    const auto moved = call("PATCH", "channels/" + mail,
                            R"({"options": {"host": "evil.example.invalid", "from": "a@example.org",
                                "to": "b@example.org", "user": "a"}})",
                            400);
    EXPECT_EQ(field_of(moved), "secret");
}

class RateStory : public ServerStory {
protected:
    void choose(Options& options) override {
        options.rates = {.address = 0, .sign_in = 60, .user = 0, .token = 120};
    }
};

TEST_F(RateStory, S16_who_asks_too_much_is_told_how_long_to_wait) {
    Answer last;
    int taken = 0;
    while (taken < 1000 && (last = ask("GET", "session")).status == 200) ++taken;
    EXPECT_EQ(last.status, 429);
    EXPECT_GE(taken, 15);
    EXPECT_LE(taken, 60);
    EXPECT_GE(std::stoi(last.header("Retry-After")), 1);
    const auto other = std::exchange(token, {});
    EXPECT_EQ(ask("GET", "/healthz").status, 200) << "others are not kept out";
    int guesses = 0;
    const std::string guess = R"({"name": "nobody", "password": "a wrong password"})";
    while (guesses < 100 && ask("POST", "session", guess).status == 401) ++guesses;
    EXPECT_LE(guesses, 30) << "passwords cannot be guessed quickly";
    EXPECT_EQ(ask("POST", "session", guess).status, 429);
    token = other;
}

TEST_F(ServerStory, S15_answers_tell_browsers_what_not_to_do_and_pages_from_elsewhere_are_refused) {
    const auto refused = ask("POST", "servers", "{}", {{"Origin", "https://evil.example"}});
    EXPECT_EQ(refused.status, 403);
    for (const char* path :
         {"servers", "/healthz", "/api/docs", "/api/v1/nothing", "/api/v1/openapi.json"}) {
        const auto answer = ask("GET", path, {}, {{"Origin", "https://evil.example"}});
        EXPECT_EQ(answer.headers.find("Access-Control-Allow-Origin"), nullptr) << path;
        for (const char* name : {"X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
                                 "Content-Security-Policy"})
            EXPECT_EQ(answer.headers.count(name), 1U) << path << ' ' << name;
    }
}

}  // namespace
}  // namespace ds::server::testing
