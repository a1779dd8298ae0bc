#include <stdexcept>

#include <gtest/gtest.h>

#include "http/testing/running_server.hpp"

namespace ds::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using testing::fetch;
using testing::started;

Response echo(const Request& request, const std::stop_token&) {
    return text_response(200, request.method + " " + request.target + " " + request.body);
}

TEST(Server, answers_what_the_handler_says) {
    const auto server = started([](const Request& request, const std::stop_token&) {
        auto response = text_response(
            201, request.method + " " + request.path + " " + request.peer + " " + request.body);
        response.headers.add("X-Own", "yes");
        return response;
    });
    const auto answer = fetch(server->port(), "POST", "/a?b", {}, "body");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "POST /a 127.0.0.1 body");
    EXPECT_EQ(answer.header("x-own"), "yes");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(answer.header("Date").ends_with(" GMT"));
    EXPECT_EQ(answer.header("Server"), "");
}

TEST(Server, keeps_the_connection) {
    const auto server = started(echo);
    Client client{server->port()};
    for (int i = 0; i < 20; ++i) {
        client.send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        const auto answer = client.read();
        ASSERT_EQ(answer.body, "GET /" + std::to_string(i) + " ");
        ASSERT_EQ(answer.header("Connection"), "");
    }
}

TEST(Server, answers_pipelined_requests_in_order) {
    const auto server = started(echo);
    Client client{server->port()};
    std::string all;
    for (int i = 0; i < 200; ++i) {
        all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx";
    }
    client.send(all);
    for (int i = 0; i < 200; ++i) {
        ASSERT_EQ(client.read().body, "POST /" + std::to_string(i) + " x");
    }
}

TEST(Server, head_is_answered_without_the_body) {
    const auto server = started(echo);
    Client client{server->port()};
    client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.read(true).header("Content-Length"), "8");
    EXPECT_EQ(client.read().body, "GET /b ");
}

TEST(Server, says_continue_and_refuses_before_a_body_that_is_too_long) {
    Options options;
    options.body_bytes_max = 5;
    const auto server = started(options, echo);
    Client client{server->port()};
    const std::string head =
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: ";
    client.send(head + "5\r\n\r\n");
    EXPECT_EQ(client.read().status, 100);
    client.send("hello");
    EXPECT_EQ(client.read().body, "POST / hello");
    client.send(head + "6\r\n\r\n");
    EXPECT_EQ(client.read().status, 413);
    EXPECT_TRUE(client.closes_within(1s));
}

TEST(Server, takes_chunked_bodies) {
    const auto server = started(echo);
    Client client{server->port()};
    client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    client.send("2;x=y\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
    EXPECT_EQ(client.read().body, "POST / abcde");
}

TEST(Server, a_refusal_is_a_short_text_and_the_end) {
    const auto server = started(echo);
    Client client{server->port()};
    client.send(
        "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n");
    const auto answer = client.read();
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, "Content-Length and Transfer-Encoding together\n");
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.closes_within(1s));
}

TEST(Server, a_refusal_reaches_a_client_that_goes_on_sending) {
    const auto server = started(echo);
    Client client{server->port()};
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50000000\r\n\r\n");
    std::thread pushing{[&] {
        const std::string megabyte(MiB, 'x');
        for (int i = 0; i < 20 && client.send(megabyte); ++i) {
        }
    }};
    EXPECT_EQ(client.read().status, 413);
    pushing.join();
}

TEST(Server, speaks_http_1_0) {
    const auto server = started(echo);
    Client client{server->port()};
    client.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(client.read().header("Connection"), "close");
    EXPECT_TRUE(client.closes_within(1s));
}

TEST(Server, answers_a_client_that_closed_its_half) {
    const auto server = started([](const Request&, const std::stop_token&) {
        std::this_thread::sleep_for(50ms);
        return text_response(200, "late");
    });
    Client client{server->port()};
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    client.half_close();
    EXPECT_EQ(client.read().body, "late");
}

TEST(Server, a_handler_that_throws_or_breaks_the_answer_is_a_500) {
    testing::Told told;
    const auto server = started(told.options(), [](const Request& request, const std::stop_token&) {
        if (request.path == "/throw") throw std::runtime_error{"secret"};
        auto response = text_response(200, "fine");
        response.headers.add("X-Name", "a\r\nSet-Cookie: stolen=1");
        return response;
    });
    const auto thrown = fetch(server->port(), "GET", "/throw");
    EXPECT_EQ(thrown.status, 500);
    EXPECT_EQ(thrown.body, "internal error\n");
    const auto broken = fetch(server->port(), "GET", "/break");
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(broken.header("Set-Cookie"), "");
    ASSERT_EQ(told.messages().size(), 2U);
    EXPECT_EQ(told.messages().front(), "a handler threw: secret");
}

TEST(Server, sends_large_answers_to_slow_readers_without_a_thread) {
    Options options;
    options.handler_threads = 1;
    const std::string large(8 * MiB, 'x');
    const auto server = started(options, [&](const Request& request, const std::stop_token&) {
        return text_response(200, request.path == "/large" ? large : "small");
    });
    Client slow{server->port(), testing::open_socket(4096)};
    slow.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(fetch(server->port(), "GET", "/small").body, "small");
    EXPECT_EQ(slow.read().body.size(), large.size());
    slow.send("GET /small HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(slow.read().body, "small");
}

TEST(Server, listens_on_ipv6_and_refuses_what_is_no_address) {
    Options options;
    options.address = "localhost";
    const auto named = Server::start(options, echo);
    ASSERT_FALSE(named);
    EXPECT_EQ(named.error().code(), Code::invalid);
    const auto server = started(echo);
    Options same;
    same.port = server->port();
    EXPECT_FALSE(Server::start(same, echo));
    options.address = "::";
    const auto both = started(options, echo);
    EXPECT_EQ(fetch(both->port(), "GET", "/").status, 200);
}

}  // namespace
}  // namespace ds::http
