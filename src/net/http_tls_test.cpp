#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "net/http.hpp"
#include "net/testing/scripted_http.hpp"
#include "sys/process.hpp"

namespace ds::net {
namespace {

using namespace std::chrono_literals;

/// `openssl s_server` with a certificate of its own for 127.0.0.1.
class TlsServer {
public:
    TlsServer() {
        std::string name = "/tmp/ds-net-tls-XXXXXX";
        DS_CHECK(mkdtemp(name.data()) != nullptr, "no temporary directory");
        directory_ = name;
        openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-keyout", key(), "-out", certificate(), "-days", "2", "-subj", "/CN=test",
                 "-addext", "subjectAltName=IP:127.0.0.1"});
        port_ = testing::unused_port();
        sys::Command command;
        command.arguments = {"/usr/bin/openssl",
                             "s_server",
                             "-accept",
                             fmt::format("127.0.0.1:{}", port_),
                             "-key",
                             key(),
                             "-cert",
                             certificate(),
                             "-www",
                             "-quiet"};
        command.environment = sys::clean_environment();
        auto started = sys::Child::start(command);
        if (started) server_ = std::move(*started);
    }
    ~TlsServer() {
        server_.reset();
        std::filesystem::remove_all(directory_);
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    std::string certificate() const { return directory_ / "cert.pem"; }
    HttpRequest request() const {
        HttpRequest made;
        made.origin = fmt::format("https://127.0.0.1:{}", port_);
        return made;
    }

private:
    std::filesystem::path directory_;
    std::uint16_t port_ = 0;
    std::unique_ptr<sys::Child> server_;

    std::string key() const { return directory_ / "key.pem"; }
    static void openssl(std::vector<std::string> arguments) {
        sys::Command command;
        command.arguments = std::move(arguments);
        command.arguments.insert(command.arguments.begin(), "/usr/bin/openssl");
        command.environment = sys::clean_environment();
        EXPECT_TRUE(sys::run_command(command, MiB));
    }
};

Result<HttpResponse> send_when_up(HttpClient& client, const HttpRequest& request) {
    for (int attempt = 0;; ++attempt) {
        auto response = client.send(request);
        if (response || response.error().code() != Code::unavailable || attempt == 100)
            return response;
        std::this_thread::sleep_for(50ms);
    }
}

TEST(HttpClientTls, refuses_a_certificate_that_nobody_vouches_for_and_takes_a_given_one) {
    TlsServer server;
    HttpClient suspicious;
    const auto refused = send_when_up(suspicious, server.request());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::denied) << refused.error().message();
    EXPECT_NE(refused.error().hint().find("ca_file"), std::string::npos);

    HttpClient trusting{{.ca_file = server.certificate()}};
    const auto response = send_when_up(trusting, server.request());
    ASSERT_TRUE(response) << response.error().message();
    EXPECT_EQ(response->status, 200);
}

TEST(HttpClientTls, refuses_a_certificate_for_another_name) {
    TlsServer server;
    HttpClient client{{.ca_file = server.certificate()}};
    auto request = server.request();
    request.origin.replace(8, 9, "localhost");
    const auto refused = send_when_up(client, request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::denied) << refused.error().message();
}

TEST(HttpClientTls, says_that_the_ca_file_cannot_be_read) {
    TlsServer server;
    HttpClient client{{.ca_file = "/does/not/exist"}};
    const auto refused = send_when_up(client, server.request());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::invalid) << refused.error().message();
}

}  // namespace
}  // namespace ds::net
