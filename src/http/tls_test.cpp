#include "http/tls.hpp"

#include <csignal>
#include <fstream>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "http/testing/running_server.hpp"
#include "http/testing/tls_client.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::http {
namespace {

using namespace std::chrono_literals;
using testing::Client;
using testing::own_common_name;
using testing::TlsClient;
using testing::write_certificate;

constexpr std::string_view simple = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

class Tls : public ::testing::Test {
protected:
    // As the program does it.
    static void SetUpTestSuite() { std::signal(SIGPIPE, SIG_IGN); }

    Options options() const {
        Options made;
        made.certificate_file = files.certificate;
        made.key_file = files.key;
        return made;
    }
    std::unique_ptr<Server> started(Handler handler) const {
        return testing::started(options(), std::move(handler));
    }
    Error refusal() const {
        const auto made = Certificates::load(files.certificate, files.key);
        EXPECT_FALSE(made);
        return made ? fail(Code::internal, "taken") : made.error();
    }
    /// As an editor or a certificate bot does; never the same time as before.
    void renew(const std::string& common_name) {
        sys::testing::TempDirectory other;
        const auto fresh = write_certificate(other.path(), common_name);
        std::filesystem::rename(fresh.key, files.key);
        std::filesystem::rename(fresh.certificate, files.certificate);
    }

    sys::testing::TempDirectory directory;
    testing::CertificateFiles files = write_certificate(directory.path(), "first");
};

Response hello(const Request& request, const std::stop_token&) {
    return text_response(200, "hello " + std::to_string(request.body.size()));
}

TEST_F(Tls, answers_after_a_handshake) {
    const auto server = started(hello);
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsClient client{server->port(), {.version_max = version}};
        ASSERT_TRUE(client.connected());
        EXPECT_EQ(client.common_name(), "first");
        EXPECT_EQ(client.version(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
        client.send(simple);
        const auto answer = client.read();
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
        EXPECT_TRUE(answer.ends_with("hello 0"));
    }
}

TEST_F(Tls, old_versions_are_refused) {
    const auto server = started(hello);
    EXPECT_FALSE((TlsClient{server->port(), {.version_max = TLS1_1_VERSION}}).connected());
}

TEST_F(Tls, http_1_1_is_chosen_where_protocols_are_offered) {
    const auto server = started(hello);
    EXPECT_EQ((TlsClient{server->port(), {.protocol = "http/1.1"}}).protocol(), "http/1.1");
    EXPECT_EQ((TlsClient{server->port(), {.protocol = "h2"}}).protocol(), "");
}

TEST_F(Tls, plain_http_is_not_answered) {
    const auto server = started(hello);
    Client plain{server->port()};
    plain.send(simple);
    EXPECT_EQ(plain.read().status, 0);
    EXPECT_TRUE(plain.closes_within(1s));
    EXPECT_TRUE(TlsClient{server->port()}.connected());
}

TEST_F(Tls, who_does_not_finish_the_handshake_is_cut) {
    auto hasty = options();
    hasty.header_timeout = 200ms;
    const auto server = testing::started(hasty, hello);
    Client silent{server->port()};
    silent.send("\x16\x03\x01");
    EXPECT_TRUE(silent.closes_within(2s));
}

TEST_F(Tls, large_bodies_pass_both_ways) {
    constexpr std::size_t bytes = 900'000;
    const auto server = started([](const Request& request, const std::stop_token&) {
        return text_response(200, request.body);
    });
    TlsClient client{server->port()};
    std::string body;
    for (std::size_t i = 0; i < bytes; ++i) body += static_cast<char>('a' + i % 23);
    client.send(
        "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 900000\r\n\r\n");
    client.send(body);
    const auto answer = client.read();
    EXPECT_EQ(answer.substr(answer.find("\r\n\r\n") + 4), body);
}

TEST_F(Tls, streams_and_their_slow_readers) {
    static constexpr std::size_t bytes = 8 * MiB;
    const auto server = started([](const Request&, const std::stop_token&) {
        auto response = stream_response("text/plain", [](Writer& writer) -> Status {
            for (std::size_t sent = 0; sent < bytes; sent += MiB) {
                DS_DO(writer.write(std::string(MiB, 'x')));
            }
            return {};
        });
        response.stream->bytes = bytes;
        return response;
    });
    TlsClient client{server->port()};
    client.send(simple);
    std::this_thread::sleep_for(200ms);
    const auto answer = client.read();
    EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, bytes);
}

TEST_F(Tls, websockets_send_and_receive_at_once) {
    const auto server = started([](const Request&, const std::stop_token&) {
        Response response;
        response.websocket = [](WebSocket& socket) {
            std::thread sending{[&] {
                for (int i = 0; i < 300; ++i) EXPECT_TRUE(socket.send("abc"));
            }};
            for (int i = 0; i < 300; ++i) EXPECT_TRUE(socket.receive(5s));
            sending.join();
        };
        return response;
    });
    TlsClient client{server->port()};
    client.send(
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    for (int i = 0; i < 300; ++i) {
        client.send("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
    }
    const auto all = client.read();
    EXPECT_TRUE(all.starts_with("HTTP/1.1 101 "));
    EXPECT_TRUE(
        all.ends_with("\x81\x03"
                      "abc\x88\x02\x03\xe8"))
        << all.substr(all.size() - 20);
}

TEST_F(Tls, a_changed_certificate_is_for_the_next_connection) {
    const auto server = started(hello);
    TlsClient before{server->port()};
    EXPECT_EQ(before.common_name(), "first");
    renew("second");
    std::this_thread::sleep_for(2100ms);
    EXPECT_EQ(TlsClient{server->port()}.common_name(), "second");
    before.send(simple);
    EXPECT_TRUE(before.read().ends_with("hello 0"));
}

TEST_F(Tls, filesthat_became_unusable_do_not_replace_good_ones) {
    auto certificates = Certificates::load(files.certificate, files.key);
    ASSERT_TRUE(certificates);
    std::vector<std::string> told;
    Certificates::Time now;
    const auto name_now = [&] {
        const auto session = (*certificates)->new_session(now, [&](const Error& error) {
            told.push_back(error.message());
        });
        return session ? own_common_name(session->get()) : "none";
    };
    EXPECT_EQ(name_now(), "first");
    renew("second");
    EXPECT_EQ(name_now(), "first") << "not looked at yet";
    std::filesystem::rename(files.key, directory / "moved");
    now += 3s;
    EXPECT_EQ(name_now(), "first");
    now += 3s;
    EXPECT_EQ(name_now(), "first");
    EXPECT_EQ(told.size(), 1U) << "told once for every change";
    std::filesystem::rename(directory / "moved", files.key);
    now += 3s;
    EXPECT_EQ(name_now(), "second");
    EXPECT_EQ(told.size(), 1U);
}

TEST_F(Tls, bad_filesare_refused_by_name) {
    const auto good = files;
    files.certificate = directory / "missing.pem";
    EXPECT_EQ(refusal().code(), Code::invalid);
    EXPECT_NE(refusal().message().find("missing.pem"), std::string::npos);
    files = good;
    std::ofstream{directory / "junk.pem"} << "junk";
    files.key = directory / "junk.pem";
    EXPECT_NE(refusal().message().find("junk.pem"), std::string::npos);
    sys::testing::TempDirectory other;
    files.key = write_certificate(other.path(), "other").key;
    EXPECT_NE(refusal().message().find("mismatch"), std::string::npos) << refusal().message();
    const auto started_with_it = Server::start(options(), hello);
    EXPECT_FALSE(started_with_it);
    auto half = options();
    half.key_file.clear();
    EXPECT_FALSE(Server::start(half, hello));
}

TEST_F(Tls, a_locked_key_is_refused_and_nobody_is_asked) {
    testing::lock_key(files.key, "secret");
    EXPECT_NE(refusal().message().find("key.pem"), std::string::npos);
}

}  // namespace
}  // namespace ds::http
