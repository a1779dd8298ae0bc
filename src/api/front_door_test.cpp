#include "api/front_door.hpp"

#include <gtest/gtest.h>

namespace ds::api {
namespace {

class Door : public ::testing::Test {
protected:
    RateLimiter limiter{{.address = 0, .sign_in = 0, .user = 0, .token = 0}, sys::system_clock()};
    DoorRules rules{.proxies = net::parse_networks({"10.0.0.0/8", "::1"}).value(),
                    .clients = {},
                    .origins = {"https://console.example"}};
    std::string seen;  // the peer as the inside saw it

    static http::Request from(const std::string& peer, const std::vector<std::string>& forwarded,
                              const std::string& method = "GET") {
        http::Request request;
        request.method = method;
        request.peer = peer;
        request.host = "backup.example";
        for (const auto& line : forwarded) request.headers.add("X-Forwarded-For", line);
        return request;
    }
    http::Response answer(const http::Request& request) {
        const FrontDoor door{rules, limiter};
        seen.clear();
        return door.answer(request, {}, [&](const http::Request& inside, const std::stop_token&) {
            seen = inside.peer;
            return http::text_response(200, "in");
        });
    }
    std::string client(const std::string& peer, const std::vector<std::string>& forwarded) {
        answer(from(peer, forwarded));
        return seen;
    }
};

TEST_F(Door, S16_only_our_proxies_say_who_is_behind_them) {
    EXPECT_EQ(client("203.0.113.9", {"192.0.2.1"}), "203.0.113.9") << "anybody can write that";
    EXPECT_EQ(client("10.1.1.1", {"192.0.2.1"}), "192.0.2.1");
    EXPECT_EQ(client("10.1.1.1", {"1.1.1.1, 192.0.2.1"}), "192.0.2.1") << "what the client wrote";
    EXPECT_EQ(client("10.1.1.1", {"1.1.1.1", "192.0.2.1, 10.2.2.2"}), "192.0.2.1");
    EXPECT_EQ(client("::1", {"2001:db8::7"}), "2001:db8::7");
    EXPECT_EQ(client("10.1.1.1", {"[2001:db8::7]:4711"}), "2001:db8::7");
    EXPECT_EQ(client("10.1.1.1", {"192.0.2.1:4711"}), "192.0.2.1");
    EXPECT_EQ(client("10.1.1.1", {}), "10.1.1.1");
    EXPECT_EQ(client("10.1.1.1", {"192.0.2.1, nonsense"}), "10.1.1.1");
    rules.proxies.clear();
    EXPECT_EQ(client("10.1.1.1", {"192.0.2.1"}), "10.1.1.1") << "never guessed";
}

TEST_F(Door, only_the_named_clients_may_come) {
    rules.clients = net::parse_networks({"192.0.2.0/24"}).value();
    EXPECT_EQ(answer(from("192.0.2.9", {})).status, 200);
    EXPECT_EQ(answer(from("203.0.113.9", {})).status, 403);
    EXPECT_EQ(answer(from("203.0.113.9", {"192.0.2.9"})).status, 403);
    EXPECT_EQ(answer(from("10.1.1.1", {"192.0.2.9"})).status, 200);
    EXPECT_EQ(answer(from("10.1.1.1", {"203.0.113.9"})).status, 403);
}

TEST_F(Door, S15_no_page_from_elsewhere_reads_or_acts_unless_it_is_named) {
    auto request = from("192.0.2.1", {}, "POST");
    request.headers.add("Origin", "https://evil.example");
    EXPECT_EQ(answer(request).status, 403);
    EXPECT_EQ(seen, "");
    request.method = "GET";
    EXPECT_EQ(answer(request).headers.find("Access-Control-Allow-Origin"), nullptr);
    auto live = from("192.0.2.1", {});
    live.headers.add("Upgrade", "websocket");
    live.headers.add("Origin", "null");
    EXPECT_EQ(answer(live).status, 403);

    auto ours = from("192.0.2.1", {}, "POST");
    ours.headers.add("Origin", "https://backup.example");
    EXPECT_EQ(answer(ours).status, 200) << "our own pages";
    auto named = from("192.0.2.1", {}, "POST");
    named.headers.add("Origin", "https://console.example");
    const auto allowed = answer(named);
    EXPECT_EQ(allowed.status, 200);
    EXPECT_EQ(*allowed.headers.find("Access-Control-Allow-Origin"), "https://console.example");
    EXPECT_EQ(*allowed.headers.find("Vary"), "Origin");
    EXPECT_EQ(allowed.headers.find("Access-Control-Allow-Credentials"), nullptr);
    rules.origins.clear();
    EXPECT_EQ(answer(named).status, 403) << "nothing named means nobody, not everybody";
}

TEST_F(Door, every_answer_tells_browsers_what_not_to_do) {
    rules.tls = true;
    rules.clients = net::parse_networks({"192.0.2.0/24"}).value();
    for (const char* peer : {"192.0.2.1", "203.0.113.1"}) {
        const auto response = answer(from(peer, {}));
        for (const char* name : {"X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
                                 "Content-Security-Policy", "Cross-Origin-Resource-Policy",
                                 "Strict-Transport-Security"})
            EXPECT_EQ(response.headers.count(name), 1U) << name;
    }
}

}  // namespace
}  // namespace ds::api
