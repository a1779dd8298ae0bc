#include <atomic>
#include <list>
#include <stdexcept>

#include <gtest/gtest.h>

#include "http/testing/running_server.hpp"

namespace ds::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using testing::fetch;
using testing::Gate;
using testing::open_socket;
using testing::started;
using testing::Told;
using testing::wait_stopped;

constexpr std::string_view simple = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr std::string_view simple_1_0 = "GET / HTTP/1.0\r\n\r\n";

/// Answers every request with this body.
Handler streaming(std::function<Status(Writer&)> produce, std::optional<std::uint64_t> bytes = {}) {
    return [produce = std::move(produce), bytes](const Request&, const std::stop_token&) {
        auto response = stream_response("text/plain", produce);
        response.stream->bytes = bytes;
        return response;
    };
}

Status three_pieces(Writer& writer) {
    DS_DO(writer.write("one"));
    DS_DO(writer.write({}));
    DS_DO(writer.write(std::string(100'000, '2')));
    return writer.write("three");
}
constexpr std::size_t three_pieces_bytes = 100'008;

TEST(Stream, in_chunks_and_the_connection_stays) {
    const auto server = started(streaming(three_pieces));
    Client client{server->port()};
    for (int i = 0; i < 3; ++i) {
        client.send(simple);
        const auto answer = client.read();
        ASSERT_TRUE(answer.whole);
        EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
        EXPECT_EQ(answer.body, "one" + std::string(100'000, '2') + "three");
    }
}

TEST(Stream, with_an_announced_length_and_the_connection_stays) {
    const auto server = started(streaming(three_pieces, three_pieces_bytes));
    Client client{server->port()};
    for (int i = 0; i < 3; ++i) {
        client.send(simple);
        const auto answer = client.read();
        ASSERT_TRUE(answer.whole);
        EXPECT_EQ(answer.header("Content-Length"), std::to_string(three_pieces_bytes));
        EXPECT_EQ(answer.header("Transfer-Encoding"), "");
    }
}

TEST(Stream, to_http_1_0_the_end_of_the_connection_is_the_end) {
    const auto server = started(streaming(three_pieces));
    Client client{server->port()};
    client.send(simple_1_0);
    const auto answer = client.read();
    EXPECT_EQ(answer.header("Transfer-Encoding"), "");
    EXPECT_EQ(answer.body.size(), three_pieces_bytes);
    EXPECT_FALSE(client.was_reset());
}

TEST(Stream, head_produces_nothing) {
    std::atomic<int> produced{0};
    const auto server = started(streaming([&](Writer&) {
        ++produced;
        return Status{};
    }));
    const auto answer = fetch(server->port(), "HEAD", "/");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(produced, 0);
}

TEST(Stream, a_piece_is_there_before_the_next_is_made) {
    Gate seen;
    const auto server = started(streaming([&](Writer& writer) -> Status {
        DS_DO(writer.write("first"));
        return seen.wait() ? writer.write("second") : fail(Code::internal, "never seen");
    }));
    Client client{server->port()};
    client.send(simple);
    std::string text;
    while (!text.ends_with("5\r\nfirst\r\n")) {
        const auto more = client.read_some();
        ASSERT_FALSE(more.empty());
        text += more;
    }
    seen.open();
    EXPECT_EQ(client.read_exactly(16), "6\r\nsecond\r\n0\r\n\r\n");
}

TEST(Stream, a_slow_reader_holds_the_producer_back) {
    std::atomic<std::size_t> written{0};
    constexpr std::size_t all = 32 * MiB;
    const std::string piece(64 * KiB, 'x');
    const auto server = started(streaming([&](Writer& writer) -> Status {
        while (written < all) {
            DS_DO(writer.write(piece));
            written += piece.size();
        }
        return {};
    }));
    Client client{server->port(), open_socket(4096)};
    client.send(simple);
    std::this_thread::sleep_for(300ms);
    EXPECT_LT(written, 16 * MiB);
    const auto before = written.load();
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(written, before);
    EXPECT_EQ(client.read().body.size(), all);
}

TEST(Stream, a_reader_that_is_too_slow_is_cut) {
    Told told;
    auto options = told.options();
    options.write_timeout = 200ms;
    options.bytes_per_second_min = MiB;
    std::atomic<Code> code{Code::internal};
    Gate over;
    const auto server = started(options, streaming([&](Writer& writer) -> Status {
                                    auto status = Status{};
                                    while (status)
                                        status = writer.write(std::string(64 * KiB, 'x'));
                                    code = status.error().code();
                                    over.open();
                                    return status;
                                }));
    Client client{server->port(), open_socket(4096)};
    client.send(simple);
    EXPECT_TRUE(over.wait());
    EXPECT_EQ(code, Code::timeout);
    EXPECT_FALSE(client.read().whole);
    EXPECT_TRUE(told.messages().empty());
}

TEST(Stream, an_error_can_be_seen_by_the_client) {
    Told told;
    const auto half = [](Writer& writer) -> Status {
        DS_DO(writer.write("half"));
        return fail(Code::unavailable, "the disk broke");
    };
    for (const auto bytes : {std::optional<std::uint64_t>{}, std::optional<std::uint64_t>{8}}) {
        const auto server = started(told.options(), streaming(half, bytes));
        const auto answer = fetch(server->port(), "GET", "/");
        EXPECT_EQ(answer.body, "half");
        EXPECT_FALSE(answer.whole);
    }
    const auto server = started(told.options(), streaming(half));
    Client old{server->port()};
    old.send(simple_1_0);
    old.read();
    EXPECT_TRUE(old.was_reset());
    EXPECT_EQ(told.messages(), std::vector<std::string>(3, "the disk broke"));
}

TEST(Stream, a_producer_that_throws_is_an_error) {
    Told told;
    const auto server = started(
        told.options(), streaming([](Writer&) -> Status { throw std::runtime_error{"oops"}; }));
    EXPECT_FALSE(fetch(server->port(), "GET", "/").whole);
    EXPECT_EQ(told.messages(), std::vector<std::string>{"a stream threw: oops"});
}

TEST(Stream, a_length_that_was_announced_is_kept_or_the_connection_ends) {
    for (const std::uint64_t announced : {three_pieces_bytes - 1, three_pieces_bytes + 1}) {
        Told told;
        const auto server = started(told.options(), streaming(three_pieces, announced));
        Client client{server->port()};
        client.send(simple);
        EXPECT_FALSE(client.read().whole);
        EXPECT_EQ(client.read_to_end(), "");
        EXPECT_EQ(told.messages().size(), 1U);
    }
}

TEST(Stream, a_client_that_goes_fires_the_token) {
    for (const bool reset : {false, true}) {
        Gate entered;
        Gate noticed;
        const auto server = started(streaming([&](Writer& writer) -> Status {
            entered.open();
            if (wait_stopped(writer.stop())) noticed.open();
            return {};
        }));
        Client client{server->port()};
        client.send(simple);
        ASSERT_TRUE(entered.wait());
        reset ? client.reset() : client.close();
        EXPECT_TRUE(noticed.wait());
    }
}

TEST(Stream, past_the_last_stream_is_a_503_and_short_answers_go_on) {
    Gate gate;
    std::atomic<int> running{0};
    Options options;
    options.handler_threads = 1;
    options.streams_max = 2;
    const auto server = started(options, [&](const Request& request, const std::stop_token&) {
        if (request.path == "/short") return text_response(200, "short");
        return stream_response("text/plain", [&](Writer& writer) {
            ++running;
            gate.wait();
            return writer.write("long");
        });
    });
    std::list<Client> taken;
    for (int i = 0; i < 2; ++i) taken.emplace_back(server->port()).send(simple);
    while (running < 2) std::this_thread::sleep_for(1ms);
    const auto refused = fetch(server->port(), "GET", "/");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(fetch(server->port(), "GET", "/short").body, "short");
    gate.open();
    for (auto& client : taken) EXPECT_EQ(client.read().body, "long");
    EXPECT_EQ(fetch(server->port(), "GET", "/").body, "long");
}

}  // namespace
}  // namespace ds::http
