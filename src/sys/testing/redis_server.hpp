#pragma once

#include <csignal>
#include <thread>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/secret.hpp"
#include "sys/process.hpp"

namespace ds::sys::testing {

/// A real Redis server on 127.0.0.1 that keeps nothing.
class RedisServer {
public:
    static constexpr const char* program = "/usr/bin/redis-server";
    static bool is_installed() { return fs::exists(program); }

    explicit RedisServer(std::string password = {})
        : password_{std::move(password)}, port_{free_port()} {
        start();
    }

    void start() {
        std::vector<std::string> arguments{program,  "--port",       std::to_string(port_),
                                           "--bind", "127.0.0.1",    "--save",
                                           "",       "--appendonly", "no"};
        if (!password_.empty()) arguments.insert(arguments.end(), {"--requirepass", password_});
        Command command{.arguments = std::move(arguments), .environment = clean_environment()};
        command.capture_output = false;
        auto started = Child::start(command);
        ASSERT_TRUE(started) << started.error().message();
        child_ = std::move(*started);
        for (int tries = 0; tries < 500 && !answers(); ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        EXPECT_TRUE(answers());
    }
    void stop() { child_.reset(); }
    /// It takes connections and says nothing, as one that hangs.
    void pause() { child_->signal(SIGSTOP); }
    void go_on() { child_->signal(SIGCONT); }

    int port() const { return port_; }
    Secret url() const {
        return Secret{fmt::format("redis://{}127.0.0.1:{}/0",
                                  password_.empty() ? "" : ":" + password_ + "@", port_)};
    }

private:
    const std::string password_;
    const int port_;
    std::unique_ptr<Child> child_;

    static sockaddr_in place(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        return address;
    }
    static int free_port() {
        const Fd socket{::socket(AF_INET, SOCK_STREAM, 0)};
        auto address = place(0);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(::bind(socket.get(), generic, size), 0);
        EXPECT_EQ(::getsockname(socket.get(), generic, &size), 0);
        return ntohs(address.sin_port);
    }
    bool answers() const {
        const Fd socket{::socket(AF_INET, SOCK_STREAM, 0)};
        const auto address = place(port_);
        return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address),
                         sizeof address) == 0;
    }
};

}  // namespace ds::sys::testing
