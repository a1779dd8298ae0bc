#include "server/testing/access_story.hpp"

// Sessions of people: short access tokens, refresh tokens that are good once, and their end.
namespace ds::server {
namespace {

using namespace testing;

class SessionStory : public AccessStory {};

TEST_F(SessionStory, an_access_token_is_short_and_a_refresh_token_is_good_once) {
    const auto first = signed_in();
    EXPECT_EQ(status_with(text(first, "token")), 200);
    late.advance(16min);
    EXPECT_EQ(status_with(text(first, "token")), 401);
    const auto second = refreshed(first);
    EXPECT_EQ(text(second, "id"), text(first, "id"));
    EXPECT_NE(text(second, "refresh"), text(first, "refresh"));
    EXPECT_EQ(status_with(text(second, "token")), 200);
    late.advance(std::chrono::hours{13 * 24});
    const auto third = refreshed(second);
    late.advance(std::chrono::hours{15 * 24});
    refreshed(third, 401);
}

TEST_F(SessionStory, no_session_is_longer_than_ninety_days) {
    auto mine = signed_in();
    for (int week = 0; week < 12; ++week) {
        late.advance(std::chrono::hours{7 * 24});
        mine = refreshed(mine);
    }
    late.advance(std::chrono::hours{7 * 24});
    refreshed(mine, 401);
}

TEST_F(SessionStory, a_refresh_token_that_comes_twice_ends_the_session_for_both) {
    const auto first = signed_in();
    const auto second = refreshed(first);
    late.advance(11s);
    refreshed(first, 401);
    EXPECT_EQ(status_with(text(second, "token")), 401);
    refreshed(second, 401);
}

TEST_F(SessionStory, two_windows_that_refresh_at_once_stay_signed_in) {
    const auto first = signed_in();
    const auto second = refreshed(first);
    const auto other_window = refreshed(first);
    EXPECT_EQ(text(other_window, "refresh"), text(second, "refresh"));
    EXPECT_EQ(status_with(text(second, "token")), 200);
    EXPECT_EQ(status_with(text(other_window, "token")), 200);
    refreshed(second);
}

TEST_F(SessionStory, a_token_before_the_last_one_is_a_copy_however_early_it_comes) {
    const auto first = signed_in();
    const auto third = refreshed(refreshed(first));
    refreshed(first, 401);
    refreshed(third, 401);
}

TEST_F(SessionStory, what_is_no_refresh_token_of_ours_ends_nothing) {
    const auto mine = signed_in();
    late.advance(1min);
    const auto id = text(mine, "id");
    for (const auto& other :
         {std::string{}, std::string{"dsr_"}, "dsr_" + id + "_x_y", "dsr_" + id,
          "dsr_" + id + "_" + std::string(32, '0') + "_" + std::string(64, '0'),
          text(mine, "refresh") + "_", text(mine, "token"), std::string(5000, '_')})
        refreshed(json::bj::object{{"refresh", other}}, 401);
    EXPECT_EQ(status_with(text(mine, "refresh")), 401) << "it is no access token";
    refreshed(mine);
}

TEST_F(SessionStory, S_13_sessions_are_seen_and_ended_at_once) {
    const auto phone = signed_in(), laptop = signed_in();
    const auto listed = get("sessions").at("items").as_array();
    ASSERT_EQ(listed.size(), 3U);
    int current = 0;
    for (const auto& one : listed) current += one.at("current").as_bool() ? 1 : 0;
    EXPECT_EQ(current, 1);
    EXPECT_EQ(text(listed.at(0), "address"), "127.0.0.1");
    call("DELETE", "sessions/" + text(phone, "id"), {}, 204);
    EXPECT_EQ(status_with(text(phone, "token")), 401);
    refreshed(phone, 401);
    EXPECT_EQ(status_with(text(laptop, "token")), 200);
    EXPECT_EQ(post("sessions/end-others", {}, 200).at("ended").to_number<int>(), 1);
    EXPECT_EQ(status_with(text(laptop, "token")), 401);
    call("DELETE", "session", {}, 204);
    EXPECT_EQ(ask("GET", "session").status, 401) << "signed out is out";
}

TEST_F(SessionStory, a_session_that_is_ended_hears_no_more_news) {
    const auto phone = signed_in();
    http::testing::WebSocketClient socket{
        server->port(), "/api/v1/live", {{"Authorization", "Bearer " + text(phone, "token")}}};
    ASSERT_TRUE(socket.open());
    call("DELETE", "sessions/" + text(phone, "id"), {}, 204);
    post("stores", {{"name", "a"}, {"url", "file:///tmp/x"}}, 201);
    const auto heard = socket.receive();
    EXPECT_EQ(heard.close_code(), 1008) << heard.payload;
}

TEST_F(SessionStory, the_console_keeps_its_refresh_token_where_no_script_sees_it) {
    const http::Headers console{{"X-DumpStation-Console", "1"}};
    token.clear();
    const auto entered =
        ask("POST", "session",
            json::to_text(json::bj::object{{"name", "admin"}, {"password", password}}), console);
    ASSERT_EQ(entered.status, 201) << entered.body;
    EXPECT_EQ(text(json::parse(entered.body).value(), "refresh"), "");
    const auto cookie = entered.header("Set-Cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-dumpstation=dsr_")) << cookie;
    for (const char* word : {"; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/;"})
        EXPECT_NE(cookie.find(word), std::string::npos) << word << " in " << cookie;
    const auto pair = "other=1; " + cookie.substr(0, cookie.find(';'));
    EXPECT_EQ(ask("POST", "session/refresh", {}, {{"Cookie", pair}}).status, 401)
        << "another site's page sends no such header line";
    EXPECT_EQ(ask("GET", "session", {}, {{"Cookie", pair}, {"X-DumpStation-Console", "1"}}).status,
              401)
        << "the cookie is for refreshing alone";
    const auto again =
        ask("POST", "session/refresh", {}, {{"Cookie", pair}, {"X-DumpStation-Console", "1"}});
    ASSERT_EQ(again.status, 200) << again.body;
    EXPECT_NE(again.header("Set-Cookie"), cookie);
    token = text(json::parse(again.body).value(), "token");
    const auto out = ask("DELETE", "session", {}, console);
    EXPECT_NE(out.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
}

TEST_F(SessionStory, a_console_over_plain_http_has_a_cookie_that_browsers_keep_there) {
    http::Headers console{{"X-DumpStation-Console", "1"}, {"Origin", "http://test"}};
    const auto entered =
        ask("POST", "session",
            json::to_text(json::bj::object{{"name", "admin"}, {"password", password}}), console);
    ASSERT_EQ(entered.status, 201) << entered.body;
    const auto cookie = entered.header("Set-Cookie");
    EXPECT_TRUE(cookie.starts_with("dumpstation=dsr_")) << cookie;
    EXPECT_EQ(cookie.find("Secure"), std::string::npos) << cookie;
    console.add("Cookie", cookie.substr(0, cookie.find(';')));
    EXPECT_EQ(ask("POST", "session/refresh", {}, console).status, 200);
}

TEST_F(SessionStory, sessions_are_for_people_and_tokens_for_programs) {
    const auto made =
        post("tokens", {{"name", "ci"}, {"scopes", json::bj::array{"administer"}}}, 201);
    token = text(made, "token");
    EXPECT_EQ(ask("GET", "sessions").status, 403);
    EXPECT_EQ(ask("POST", "sessions/end-others").status, 403);
    late.advance(std::chrono::hours{24 * 365});
    EXPECT_EQ(ask("GET", "stores").status, 200) << "its time is its own";
}

TEST_F(SessionStory, there_are_no_more_than_fifty_of_one_user) {
    const auto oldest = signed_in();
    for (int at = 0; at < 50; ++at) signed_in();
    EXPECT_EQ(status_with(text(oldest, "token")), 401);
    EXPECT_EQ(as(text(signed_in(), "token"),
                 [&] { return get("sessions").at("items").as_array().size(); }),
              50U);
}

TEST_F(SessionStory, a_new_master_key_ends_no_session) {
    const auto mine = signed_in();
    post("settings/rotate-master-key", {}, 200);
    EXPECT_EQ(status_with(text(mine, "token")), 200);
    EXPECT_EQ(status_with(text(refreshed(mine), "token")), 200);
}

/// Two servers on one catalog.
class SharedStory : public SessionStory {
protected:
    PgServer pg{{.major = 17}};
    std::unique_ptr<Server> other;

    Secret catalog_url() override { return pg.url("postgres"); }
    void SetUp() override {
        SessionStory::SetUp();
        std::filesystem::create_directories(directory / "other");
        std::filesystem::copy(directory / "state/master.key", directory / "other/master.key");
        Options options{.clock = clock()};
        options.state = directory / "other";
        options.catalog_url = catalog_url();
        auto started = Server::start(std::move(options));
        ASSERT_TRUE(started) << started.error().message();
        other = std::move(*started);
    }
    void TearDown() override {
        other.reset();
        SessionStory::TearDown();
    }
    int there(const json::Value& who) {
        return http::testing::fetch(other->port(), "GET", "/api/v1/session",
                                    {{"Authorization", "Bearer " + text(who, "token")}})
            .status;
    }
};

TEST_F(SharedStory, S_13_a_session_is_known_on_every_server_and_ended_on_every_one_at_once) {
    const auto mine = signed_in();
    EXPECT_EQ(there(mine), 200);
    post("settings/rotate-master-key", {}, 200);
    const auto next = refreshed(mine);
    EXPECT_EQ(there(next), 200) << "it learns the new key when it meets it";
    call("DELETE", "sessions/" + text(mine, "id"), {}, 204);
    EXPECT_EQ(there(next), 401);
}

}  // namespace
}  // namespace ds::server
