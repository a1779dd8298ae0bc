#include "net/http.hpp"

#include <gtest/gtest.h>

#include "net/testing/scripted_http.hpp"

namespace ds::net {
namespace {

using namespace std::chrono_literals;
using testing::Act;
using testing::answer;
using testing::Heard;
using testing::ScriptedHttp;

HttpRequest get(const std::string& origin) {
    HttpRequest request;
    request.origin = origin;
    return request;
}

TEST(HttpClient, sends_method_path_query_headers_and_body) {
    Heard seen;
    ScriptedHttp server{[&](const Heard& heard) {
        seen = heard;
        return answer(201, "done", {{"X-Reply", " spaced "}});
    }};
    HttpClient client;
    auto request = get(server.origin());
    request.method = "PUT";
    request.path = "/a%20b/../c";
    request.query = {{"x", "1&2"}, {"flag", ""}};
    request.headers = {{"X-Mine", "yes"}};
    request.body = view_of("hello");
    const auto response = client.send(request);
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(text_of(response->body), "done");
    EXPECT_EQ(response->header("X-REPLY"), "spaced");
    EXPECT_EQ(seen.method, "PUT");
    EXPECT_EQ(seen.target, "/a%20b/../c?x=1%262&flag=");
    EXPECT_EQ(seen.header("x-mine"), "yes");
    EXPECT_EQ(seen.header("expect"), "");
    EXPECT_EQ(seen.header("content-type"), "");
    EXPECT_EQ(text_of(seen.body), "hello");
}

TEST(HttpClient, speaks_head_delete_and_empty_puts) {
    std::string methods;
    std::string lengths;
    ScriptedHttp server{[&](const Heard& heard) {
        methods += heard.method + " ";
        lengths += heard.header("content-length") + ",";
        return answer(200, heard.method == "HEAD" ? std::string(10, 'x') : "");
    }};
    HttpClient client;
    for (const char* method : {"HEAD", "DELETE", "PUT", "POST", "GET"}) {
        auto request = get(server.origin());
        request.method = method;
        const auto response = client.send(request);
        ASSERT_TRUE(response) << method << response.error().message();
        EXPECT_TRUE(response->body.empty());
    }
    EXPECT_EQ(methods, "HEAD DELETE PUT POST GET ");
    EXPECT_EQ(lengths, ",,0,0,,");
}

TEST(HttpClient, keeps_the_connection_between_calls) {
    ScriptedHttp server{[](const Heard&) { return answer(200, "x"); }};
    HttpClient client;
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.send(get(server.origin())));
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, gives_redirects_back_as_answers) {
    ScriptedHttp server{
        [](const Heard&) { return answer(307, "", {{"Location", "http://192.0.2.1/"}}); }};
    HttpClient client;
    const auto response = client.send(get(server.origin()));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 307);
    EXPECT_EQ(server.requests(), 1);
}

TEST(HttpClient, bounds_the_answer) {
    ScriptedHttp server{[](const Heard& heard) {
        return answer(200, std::string(heard.number == 1 ? 100 : 101, 'x'));
    }};
    HttpClient client;
    auto request = get(server.origin());
    request.answer_bytes_max = 100;
    EXPECT_TRUE(client.send(request));
    const auto longer = client.send(request);
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().code(), Code::exhausted);
}

TEST(HttpClient, bounds_the_headers) {
    ScriptedHttp server{[](const Heard&) {
        Fields fields;
        for (int i = 0; i < 300; ++i) fields.emplace_back("X-" + std::to_string(i), "y");
        return answer(200, "", fields);
    }};
    HttpClient client;
    const auto response = client.send(get(server.origin()));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::exhausted);
}

TEST(HttpClient, says_connection_refused) {
    HttpClient client;
    const auto response =
        client.send(get("http://127.0.0.1:" + std::to_string(testing::unused_port())));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::unavailable);
    EXPECT_NE(response.error().message().find("refused"), std::string::npos)
        << response.error().message();
}

TEST(HttpClient, says_that_a_name_has_no_address) {
    HttpClient client;
    const auto response = client.send(get("http://no-such-host.invalid"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::unavailable);
    EXPECT_NE(response.error().message().find("cannot find the address"), std::string::npos);
}

TEST(HttpClient, says_that_a_port_does_not_speak_tls) {
    ScriptedHttp server{[](const Heard&) { return answer(200); }};
    HttpClient client;
    auto origin = server.origin();
    origin.replace(0, 4, "https");
    auto request = get(origin);
    const auto response = client.send(request);
    ASSERT_FALSE(response);
    EXPECT_FALSE(response.error().hint().empty());
}

TEST(HttpClient, tells_resets_and_short_bodies_from_answers) {
    for (const bool reset : {true, false}) {
        ScriptedHttp server{[&](const Heard&) {
            if (reset) return testing::act(Act::Kind::reset);
            auto cut = answer(200, "short");
            cut.announced_bytes = 50;
            return cut;
        }};
        HttpClient client;
        const auto response = client.send(get(server.origin()));
        ASSERT_FALSE(response);
        EXPECT_EQ(response.error().code(), Code::unavailable) << response.error().message();
    }
}

TEST(HttpClient, notices_a_stall) {
    ScriptedHttp server{[](const Heard&) { return testing::act(Act::Kind::hang); }};
    HttpClient client;
    auto request = get(server.origin());
    request.stall_max = 1s;
    const auto response = client.send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::timeout) << response.error().message();
}

TEST(HttpClient, lets_a_slow_transfer_go_on_as_long_as_it_moves) {
    ScriptedHttp server{[](const Heard&) {
        auto slow = answer(200, std::string(400, 'x'));
        slow.slice_bytes = 50;
        slow.slice_wait = 400ms;
        return slow;
    }};
    HttpClient client;
    auto request = get(server.origin());
    request.stall_max = 2s;
    const auto response = client.send(request);
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->body.size(), 400U);
}

TEST(HttpClient, stops_at_once_when_asked) {
    ScriptedHttp server{[](const Heard&) { return testing::act(Act::Kind::hang); }};
    HttpClient client;
    std::stop_source source;
    std::jthread later{[&] {
        std::this_thread::sleep_for(100ms);
        source.request_stop();
    }};
    const auto begin = std::chrono::steady_clock::now();
    const auto response = client.send(get(server.origin()), source.get_token());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code(), Code::cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 900ms);
}

TEST(HttpClient, refuses_other_protocols_and_unreadable_addresses) {
    HttpClient client;
    for (const char* origin : {"file://", "ftp://127.0.0.1", "http://bad host"}) {
        const auto response = client.send(get(origin));
        ASSERT_FALSE(response) << origin;
        EXPECT_EQ(response.error().code(), Code::invalid) << response.error().message();
    }
}

TEST(HttpClient, serves_several_threads) {
    ScriptedHttp server{[](const Heard& heard) { return answer(200, heard.target); }};
    HttpClient client;
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 6; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 30; ++i) {
                    auto request = get(server.origin());
                    request.path = "/" + std::to_string(t * 1000 + i);
                    const auto response = client.send(request);
                    if (response && text_of(response->body) == request.path) ++right;
                }
            });
        }
    }
    EXPECT_EQ(right, 180);
    EXPECT_LE(server.connections(), 6);
}

TEST(HttpDate, is_read_only_in_the_form_that_servers_must_send) {
    EXPECT_EQ(parse_http_date("Fri, 24 May 2013 00:00:00 GMT"),
              std::chrono::system_clock::from_time_t(1369353600));
    EXPECT_FALSE(parse_http_date("2013-05-24"));
    EXPECT_FALSE(parse_http_date("Fri, 24 May 2013 00:00:00 GMT+1"));
    EXPECT_FALSE(parse_http_date(""));
}

}  // namespace
}  // namespace ds::net
