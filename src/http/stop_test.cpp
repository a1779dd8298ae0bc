#include <atomic>
#include <list>

#include <gtest/gtest.h>

#include "http/testing/running_server.hpp"

namespace ds::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using testing::Gate;
using testing::started;
using testing::wait_stopped;

constexpr std::string_view simple = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

std::chrono::milliseconds stopping_time(Server& server, std::chrono::milliseconds grace) {
    const auto begin = std::chrono::steady_clock::now();
    server.stop(grace);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 begin);
}

TEST(Stop, a_running_request_finishes_within_the_grace) {
    Gate entered;
    const auto server = started([&](const Request&, const std::stop_token& stop) {
        entered.open();
        std::this_thread::sleep_for(300ms);
        return text_response(200, stop.stop_requested() ? "hurried" : "whole");
    });
    Client client{server->port()};
    client.send(simple);
    ASSERT_TRUE(entered.wait());
    std::thread reading{[&] {
        const auto answer = client.read();
        EXPECT_EQ(answer.body, "whole");
        EXPECT_EQ(answer.header("Connection"), "close");
        client.close();
    }};
    EXPECT_LT(stopping_time(*server, 10s), 5s);
    reading.join();
    EXPECT_FALSE(Client{server->port()}.connected());
}

TEST(Stop, after_the_grace_the_token_fires) {
    Gate entered;
    std::atomic<bool> noticed{false};
    const auto server = started([&](const Request&, const std::stop_token& stop) {
        entered.open();
        noticed = wait_stopped(stop);
        return text_response(200, "");
    });
    Client client{server->port()};
    client.send(simple);
    ASSERT_TRUE(entered.wait());
    EXPECT_LT(stopping_time(*server, 100ms), 3s);
    EXPECT_TRUE(noticed);
}

TEST(Stop, idle_and_half_sent_connections_do_not_hold_it_up) {
    const auto server =
        started([](const Request&, const std::stop_token&) { return text_response(200, ""); });
    std::list<Client> clients;
    for (int i = 0; i < 50; ++i) clients.emplace_back(server->port());
    Client half{server->port()};
    half.send("GET / HTTP/1.1\r\n");
    std::this_thread::sleep_for(50ms);
    EXPECT_LT(stopping_time(*server, 200ms), 3s);
    for (auto& client : clients) EXPECT_TRUE(client.closes_within(1s));
}

TEST(Stop, queued_requests_are_answered_after_the_grace) {
    Gate entered;
    Options options;
    options.handler_threads = 1;
    std::atomic<int> handled{0};
    const auto server = started(options, [&](const Request&, const std::stop_token& stop) {
        ++handled;
        entered.open();
        wait_stopped(stop);
        return text_response(200, "");
    });
    std::list<Client> clients;
    for (int i = 0; i < 5; ++i) clients.emplace_back(server->port()).send(simple);
    ASSERT_TRUE(entered.wait());
    std::this_thread::sleep_for(50ms);
    EXPECT_LT(stopping_time(*server, 50ms), 3s);
    EXPECT_EQ(handled, 1);
}

/// Says "x" every ten milliseconds until `over`, or the client cannot be reached.
Handler talking(const std::function<bool(const Writer&)>& over, std::atomic<bool>& failed) {
    return [over, &failed](const Request&, const std::stop_token&) {
        return stream_response("text/plain", [over, &failed](Writer& writer) -> Status {
            while (!over(writer)) {
                auto status = writer.write("x");
                failed = !status;
                if (!status) return status;
                std::this_thread::sleep_for(10ms);
            }
            return {};
        });
    };
}

TEST(Stop, an_endless_stream_ends_whole_when_it_heeds_its_token) {
    std::atomic<bool> failed{false};
    const auto stopped = [](const Writer& writer) { return writer.stop().stop_requested(); };
    const auto server = started(talking(stopped, failed));
    Client client{server->port()};
    client.send(simple);
    ASSERT_EQ(client.read_some().substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_LT(stopping_time(*server, 10s), 5s);
    EXPECT_TRUE(client.read_to_end().ends_with("0\r\n\r\n"));
    EXPECT_FALSE(failed);
}

TEST(Stop, a_stream_that_does_not_is_cut_after_the_grace) {
    std::atomic<bool> failed{false};
    const auto server = started(talking([](const Writer&) { return false; }, failed));
    Client client{server->port()};
    client.send(simple);
    ASSERT_EQ(client.read_some().substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_LT(stopping_time(*server, 100ms), 3s);
    EXPECT_FALSE(client.read_to_end().ends_with("0\r\n\r\n"));
    EXPECT_TRUE(failed);
}

TEST(Stop, twice_and_from_two_threads_is_fine) {
    const auto server =
        started([](const Request&, const std::stop_token&) { return text_response(200, ""); });
    std::thread other{[&] { server->stop(0ms); }};
    server->stop(0ms);
    other.join();
    server->stop(0ms);
}

TEST(Stop, clients_that_come_and_go_all_the_time_do_not_disturb_it) {
    for (int round = 0; round < 5; ++round) {
        const auto server = started([](const Request&, const std::stop_token&) {
            return text_response(200, std::string(1000, 'x'));
        });
        std::atomic<bool> over{false};
        std::list<std::thread> crowd;
        for (int i = 0; i < 4; ++i) {
            crowd.emplace_back([&, i] {
                while (!over) {
                    Client client{server->port()};
                    client.send(simple);
                    if (i % 2 == 0) client.read();
                    if (i == 3) client.reset();
                }
            });
        }
        std::this_thread::sleep_for(100ms);
        EXPECT_LT(stopping_time(*server, 1s), 5s);
        over = true;
        for (auto& thread : crowd) thread.join();
    }
}

}  // namespace
}  // namespace ds::http
