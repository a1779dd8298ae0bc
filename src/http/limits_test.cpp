#include <atomic>
#include <list>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "http/testing/running_server.hpp"

namespace ds::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using testing::fetch;
using testing::Gate;
using testing::started;

constexpr std::string_view simple = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

Response fine(const Request& request, const std::stop_token&) {
    return text_response(200, std::to_string(request.body.size()));
}

Options quick() {
    Options options;
    options.header_timeout = 200ms;
    options.body_timeout = 200ms;
    options.idle_timeout = 200ms;
    options.write_timeout = 200ms;
    return options;
}

/// Both ends of a connection are in this process.
bool allow_descriptors(rlim_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
    limit.rlim_cur = std::max(limit.rlim_cur, wanted);
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

TEST(Limits, headers_that_trickle_are_cut) {
    const auto server = started(quick(), fine);
    Client client{server->port()};
    const auto begin = std::chrono::steady_clock::now();
    for (const char c :
         "GET / HTTP/1.1\r\nHost: h\r\nA: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") {
        if (!client.send({&c, 1})) break;
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_EQ(client.read().status, 408);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Limits, a_connection_that_says_nothing_is_closed) {
    const auto server = started(quick(), fine);
    Client silent{server->port()};
    EXPECT_TRUE(silent.closes_within(2s));
    Client idle{server->port()};
    idle.send(simple);
    EXPECT_EQ(idle.read().status, 200);
    EXPECT_TRUE(idle.closes_within(2s));
}

TEST(Limits, bodies_have_a_minimum_rate) {
    auto options = quick();
    options.bytes_per_second_min = 1000;
    const auto server = started(options, fine);
    Client slow{server->port()};
    slow.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 20 && slow.send("x"); ++i) std::this_thread::sleep_for(20ms);
    EXPECT_EQ(slow.read().status, 408);
    Client steady{server->port()};
    steady.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
    for (int i = 0; i < 10; ++i) {
        steady.send(std::string(100, 'x'));
        std::this_thread::sleep_for(40ms);
    }
    EXPECT_EQ(steady.read().body, "1000");
}

TEST(Limits, a_client_that_does_not_read_is_cut) {
    auto options = quick();
    options.bytes_per_second_min = 64 * KiB;
    const auto server = started(options, [](const Request&, const std::stop_token&) {
        return text_response(200, std::string(8 * MiB, 'x'));
    });
    Client client{server->port(), testing::open_socket(4096)};
    client.send(simple);
    std::this_thread::sleep_for(1s);
    EXPECT_FALSE(client.read().whole);
}

TEST(Limits, bodies_at_the_limit_pass_and_one_byte_more_does_not) {
    Options options;
    options.body_bytes_max_of = [](const RequestHead& head) {
        return head.path == "/large" ? 3 * MiB : std::size_t{10};
    };
    const auto server = started(options, fine);
    EXPECT_EQ(fetch(server->port(), "POST", "/", {}, std::string(10, 'x')).body, "10");
    EXPECT_EQ(fetch(server->port(), "POST", "/", {}, std::string(11, 'x')).status, 413);
    EXPECT_EQ(fetch(server->port(), "POST", "/large", {}, std::string(3 * MiB, 'x')).body,
              "3145728");
    EXPECT_EQ(fetch(server->port(), "POST", "/large", {}, std::string(3 * MiB + 1, 'x')).status,
              413);
}

TEST(Limits, memory_for_half_read_bodies_is_bounded_for_all_together) {
    Options options;
    options.buffers_bytes_max = 4 * MiB;
    const auto server = started(options, fine);
    std::list<Client> hoarders;
    int refused = 0;
    for (int i = 0; i < 16; ++i) {
        auto& hoarder = hoarders.emplace_back(server->port());
        hoarder.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
        hoarder.send(std::string(900'000, 'x'));
    }
    for (auto& hoarder : hoarders) {
        hoarder.half_close();
        refused += hoarder.read().status == 503 ? 1 : 0;
    }
    EXPECT_GE(refused, 10);
    hoarders.clear();
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(fetch(server->port(), "POST", "/", {}, std::string(900'000, 'x')).body, "900000");
}

TEST(Limits, a_full_queue_is_a_503_at_once) {
    Gate gate;
    std::atomic<int> running{0};
    Options options;
    options.handler_threads = 2;
    options.queue_max = 3;
    const auto server = started(options, [&](const Request&, const std::stop_token&) {
        ++running;
        gate.wait();
        return text_response(200, "done");
    });
    std::list<Client> taken;
    for (int i = 0; i < 5; ++i) taken.emplace_back(server->port()).send(simple);
    while (running < 2) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(100ms);
    Client late{server->port()};
    late.send(simple);
    const auto answer = late.read();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("Retry-After"), "1");
    gate.open();
    for (auto& client : taken) EXPECT_EQ(client.read().body, "done");
}

TEST(Limits, thousands_of_idle_connections_stop_nobody) {
    if (!allow_descriptors(5000)) GTEST_SKIP() << "this machine does not give 5000 descriptors";
    const auto server = started(fine);
    std::list<Client> idle;
    for (int i = 0; i < 2000; ++i) ASSERT_TRUE(idle.emplace_back(server->port()).connected());
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 100; ++i) ASSERT_EQ(fetch(server->port(), "GET", "/").status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST(Limits, past_the_last_connection_the_longest_waiting_goes) {
    Options options;
    options.connections_max = 50;
    const auto server = started(options, fine);
    Client first{server->port()};
    std::list<Client> idle;
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(idle.emplace_back(server->port()).connected());
    EXPECT_TRUE(first.closes_within(2s));
    for (int i = 0; i < 10; ++i) ASSERT_EQ(fetch(server->port(), "GET", "/").status, 200);
}

TEST(Limits, running_requests_are_not_given_up_for_new_connections) {
    Gate gate;
    Options options;
    options.connections_max = 4;
    options.handler_threads = 4;
    const auto server = started(options, [&](const Request&, const std::stop_token&) {
        gate.wait();
        return text_response(200, "done");
    });
    std::list<Client> running;
    for (int i = 0; i < 4; ++i) running.emplace_back(server->port()).send(simple);
    std::this_thread::sleep_for(200ms);
    Client next{server->port()};
    next.send(simple);
    std::this_thread::sleep_for(200ms);
    gate.open();
    for (auto& client : running) EXPECT_EQ(client.read().body, "done");
    EXPECT_EQ(next.read().body, "done");
}

TEST(Limits, running_out_of_descriptors_neither_spins_nor_kills) {
    std::atomic<int> told{0};
    Options options;
    options.on_error = [&](const Error&) { ++told; };
    const auto server = started(options, fine);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    std::list<Client> clients;
    for (int i = 0; i < 20; ++i) clients.emplace_back(server->port());
    ASSERT_EQ(fetch(server->port(), "GET", "/").status, 200);
    // The clients' ends exist already: only the server's are missing.
    std::list<sys::Fd> sockets;
    for (int i = 0; i < 12; ++i) sockets.push_back(testing::open_socket());
    const sys::Fd lowest_free{::dup(sockets.front().get())};
    const rlimit tight{static_cast<rlim_t>(lowest_free.get()), before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
    std::list<Client> late;
    for (auto& socket : sockets) late.emplace_back(server->port(), std::move(socket));
    std::this_thread::sleep_for(500ms);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_GE(told, 1);
    EXPECT_LE(told, 20);
    clients.clear();
    EXPECT_EQ(fetch(server->port(), "GET", "/").status, 200);
}

}  // namespace
}  // namespace ds::http
