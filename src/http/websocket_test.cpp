#include <atomic>
#include <stdexcept>

#include <gtest/gtest.h>

#include "http/testing/running_server.hpp"

namespace ds::http {
namespace {

using namespace std::chrono_literals;
using testing::fetch;
using testing::Gate;
using testing::started;
using testing::WebSocketClient;

constexpr int text = 1, closing = 8, ping = 9, pong = 10;

Handler conversing(WebSocketHandler handler) {
    return [handler = std::move(handler)](const Request&, const std::stop_token&) {
        Response response;
        response.websocket = handler;
        return response;
    };
}

/// Says what it hears until the end, and why it ended.
Status echo(WebSocket& socket) {
    for (;;) {
        DS_TRY(const auto message, socket.receive(5s));
        if (message) DS_DO(socket.send(*message));
    }
}
void echo_handler(WebSocket& socket) { static_cast<void>(echo(socket)); }

/// An echo that tells how it ended.
class Ending {
public:
    WebSocketHandler handler() {
        return [this](WebSocket& socket) {
            code_ = echo(socket).error().code();
            over_.open();
        };
    }
    Code wait() {
        EXPECT_TRUE(over_.wait());
        return code_;
    }

private:
    std::atomic<Code> code_{Code::internal};
    Gate over_;
};

TEST(WebSocket, the_handshake_is_the_one_of_the_rfc) {
    const auto server = started(conversing(echo_handler));
    WebSocketClient client{server->port(), "/"};
    EXPECT_EQ(client.answer().status, 101);
    EXPECT_EQ(client.answer().header("Upgrade"), "websocket");
    EXPECT_EQ(client.answer().header("Connection"), "Upgrade");
    EXPECT_EQ(client.answer().header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_EQ(client.answer().header("Content-Length"), "");
}

TEST(WebSocket, a_wrong_handshake_is_refused) {
    const auto server = started(conversing(echo_handler));
    const Headers right{{"Upgrade", "websocket"},
                        {"Connection", "Upgrade"},
                        {"Sec-WebSocket-Version", "13"},
                        {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    const auto status_without = [&](std::string_view name, std::string value) {
        Headers wrong;
        for (const auto& line : right) {
            if (line.first != name) wrong.add(line.first, line.second);
        }
        if (!value.empty()) wrong.add(std::string{name}, std::move(value));
        return fetch(server->port(), "GET", "/", wrong).status;
    };
    EXPECT_EQ(fetch(server->port(), "GET", "/").header("Sec-WebSocket-Version"), "13");
    EXPECT_EQ(status_without("Upgrade", {}), 426);
    EXPECT_EQ(status_without("Sec-WebSocket-Version", "8"), 426);
    EXPECT_EQ(status_without("Sec-WebSocket-Key", {}), 400);
    EXPECT_EQ(status_without("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ=="), 400);
    EXPECT_EQ(fetch(server->port(), "POST", "/", right).status, 400);
    EXPECT_EQ(fetch(server->port(), "GET", "/", right, "a body").status, 400);
}

TEST(WebSocket, says_what_it_heard) {
    const auto server = started(conversing(echo_handler));
    WebSocketClient client{server->port(), "/"};
    for (const std::size_t bytes : {0UL, 1UL, 125UL, 126UL, 65'535UL, 65'536UL}) {
        const std::string message(bytes, 'x');
        ASSERT_TRUE(client.send_text(message));
        const auto frame = client.receive();
        ASSERT_EQ(frame.opcode, text);
        EXPECT_EQ(frame.payload, message);
    }
}

TEST(WebSocket, joins_fragments_and_answers_a_ping_between_them) {
    const auto server = started(conversing(echo_handler));
    WebSocketClient client{server->port(), "/"};
    client.send_frame(text, "gr\xc3", false);
    client.send_frame(ping, "there?");
    client.send_frame(0, "\xbc", false);
    client.send_frame(0, "n", true);
    const auto answer = client.receive();
    EXPECT_EQ(answer.opcode, pong);
    EXPECT_EQ(answer.payload, "there?");
    EXPECT_EQ(client.receive().payload, "gr\xc3\xbcn");
}

TEST(WebSocket, hears_what_came_with_the_handshake) {
    const auto server = started(conversing(echo_handler));
    testing::Client client{server->port()};
    client.send(
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
    EXPECT_EQ(client.read().status, 101);
    EXPECT_EQ(client.read_exactly(7), "\x81\x05Hello");
}

TEST(WebSocket, a_close_is_answered_with_its_code) {
    for (const int code : {1000, 1001, 3000, 4999}) {
        Ending ending;
        const auto server = started(conversing(ending.handler()));
        WebSocketClient client{server->port(), "/"};
        client.send_close(code);
        const auto frame = client.receive();
        EXPECT_EQ(frame.opcode, closing);
        EXPECT_EQ(frame.close_code(), code);
        EXPECT_EQ(ending.wait(), Code::unavailable);
        EXPECT_TRUE(client.raw().closes_within(1s));
    }
    const auto server = started(conversing(echo_handler));
    WebSocketClient client{server->port(), "/"};
    client.send_frame(closing, {});
    EXPECT_EQ(client.receive().close_code(), 1000);
}

TEST(WebSocket, broken_rules_end_it_with_their_code) {
    const auto close_code_after = [](auto break_it) {
        Ending ending;
        const auto server = started(conversing(ending.handler()));
        WebSocketClient client{server->port(), "/"};
        break_it(client);
        EXPECT_EQ(ending.wait(), Code::invalid);
        return client.receive().close_code();
    };
    EXPECT_EQ(close_code_after([](auto& client) { client.send_text("\xff"); }), 1007);
    EXPECT_EQ(close_code_after([](auto& client) { client.send_frame(2, "x"); }), 1003);
    EXPECT_EQ(close_code_after([](auto& client) { client.send_text(std::string(65'537, 'x')); }),
              1009);
    EXPECT_EQ(close_code_after([](auto& client) { client.send_frame(text, "x", true, false); }),
              1002);
    EXPECT_EQ(close_code_after([](auto& client) { client.send_frame(0, "x"); }), 1002);
    EXPECT_EQ(close_code_after([](auto& client) { client.send_close(1005); }), 1002);
}

TEST(WebSocket, the_handler_may_close) {
    const auto server = started([](const Request& request, const std::stop_token&) {
        Response response;
        response.websocket = [throws = request.path == "/throw"](WebSocket& socket) {
            EXPECT_FALSE(socket.send("\xff"));
            if (throws) throw std::runtime_error{"oops"};
            socket.close(4001, "enough");
            socket.close(1000, "not heard any more");
            EXPECT_FALSE(socket.send("too late"));
            EXPECT_FALSE(socket.receive(1s));
        };
        return response;
    });
    const auto said = WebSocketClient{server->port(), "/"}.receive();
    EXPECT_EQ(said.close_code(), 4001);
    EXPECT_EQ(said.payload.substr(2), "enough");
    EXPECT_EQ((WebSocketClient{server->port(), "/throw"}).receive().close_code(), 1011);
    const auto quiet = started(conversing([](WebSocket&) {}));
    EXPECT_EQ((WebSocketClient{quiet->port(), "/"}).receive().close_code(), 1000);
}

TEST(WebSocket, one_thread_may_send_while_another_receives) {
    const auto server = started(conversing([](WebSocket& socket) {
        std::thread sending{[&] {
            for (int i = 0; i < 500; ++i) EXPECT_TRUE(socket.send("from beside"));
        }};
        for (int i = 0; i < 500; ++i) {
            const auto heard = socket.receive(5s);
            EXPECT_TRUE(heard && *heard && socket.send(**heard));
        }
        sending.join();
    }));
    WebSocketClient client{server->port(), "/"};
    for (int i = 0; i < 500; ++i) client.send_text("echo");
    int echoes = 0;
    for (int i = 0; i < 1000; ++i) echoes += client.receive().payload == "echo" ? 1 : 0;
    EXPECT_EQ(echoes, 500);
}

TEST(WebSocket, silence_is_asked_about_and_then_the_end) {
    Ending ending;
    Options options;
    options.websocket_timeout = 300ms;
    const auto server = started(options, conversing(ending.handler()));
    WebSocketClient client{server->port(), "/"};
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(client.receive().opcode, ping);
        client.send_frame(pong, {});
    }
    ASSERT_EQ(client.receive().opcode, ping);
    EXPECT_EQ(client.receive().close_code(), 1001);
    EXPECT_EQ(ending.wait(), Code::unavailable);
}

TEST(WebSocket, receive_returns_in_time_and_notices_that_the_client_is_gone) {
    Gate waited;
    Gate noticed;
    const auto server = started(conversing([&](WebSocket& socket) {
        const auto nothing = socket.receive(50ms);
        EXPECT_TRUE(nothing && !*nothing);
        waited.open();
        EXPECT_FALSE(socket.receive(10s));
        if (testing::wait_stopped(socket.stop())) noticed.open();
    }));
    WebSocketClient client{server->port(), "/"};
    ASSERT_TRUE(waited.wait());
    client.raw().reset();
    EXPECT_TRUE(noticed.wait());
}

TEST(WebSocket, a_server_that_stops_says_so) {
    Ending ending;
    const auto server = started(conversing(ending.handler()));
    WebSocketClient client{server->port(), "/"};
    client.send_text("hello");
    EXPECT_EQ(client.receive().payload, "hello");
    const auto begin = std::chrono::steady_clock::now();
    std::thread stopping{[&] { server->stop(10s); }};
    EXPECT_EQ(client.receive().close_code(), 1001);
    EXPECT_EQ(ending.wait(), Code::cancelled);
    client.raw().close();
    stopping.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
}

}  // namespace
}  // namespace ds::http
