#include "sys/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <cstring>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "sys/files.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::sys {
namespace {

/// The other end: a datagram socket, as systemd has one.
class Manager : public ::testing::Test {
protected:
    testing::TempDirectory directory;
    Fd socket{::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};

    void TearDown() override {
        for (const auto* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            ::unsetenv(name);
    }

    void listen_at(const std::string& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
        ASSERT_EQ(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size), 0);
        ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    }
    std::string heard() {
        std::array<char, 500> room{};
        const auto count = ::recv(socket.get(), room.data(), room.size(), 0);
        return count < 0 ? "" : std::string{room.data(), static_cast<std::size_t>(count)};
    }
};

TEST_F(Manager, hears_how_it_goes) {
    listen_at((directory / "notify").string());
    const ServiceManager manager;
    manager.tell_ready("serves at\nhttp://x");
    EXPECT_EQ(heard(), "READY=1\nSTATUS=serves at http://x");
    manager.tell_alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
    manager.tell_stopping(std::chrono::seconds{90});
    EXPECT_EQ(heard(), "STOPPING=1\nEXTEND_TIMEOUT_USEC=90000000");
}

TEST_F(Manager, may_have_an_abstract_address) {
    listen_at("@dumpstation-test-" + std::to_string(::getpid()));
    ServiceManager{}.tell_alive();
    EXPECT_EQ(heard(), "WATCHDOG=1");
}

TEST_F(Manager, says_how_often_it_wants_to_hear) {
    ::setenv("WATCHDOG_USEC", "60000000", 1);
    EXPECT_EQ(ServiceManager{}.beat().count(), 0) << "nobody listens";
    listen_at((directory / "notify").string());
    EXPECT_EQ(ServiceManager{}.beat(), std::chrono::seconds{30});
    ::setenv("WATCHDOG_PID", "1", 1);
    EXPECT_EQ(ServiceManager{}.beat().count(), 0) << "it is for another process";
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    EXPECT_EQ(ServiceManager{}.beat(), std::chrono::seconds{30});
}

TEST_F(Manager, that_is_gone_holds_nothing_up) {
    ::setenv("NOTIFY_SOCKET", (directory / "nobody").c_str(), 1);
    ServiceManager{}.tell_ready("x");
    ::setenv("NOTIFY_SOCKET", std::string(500, 'x').c_str(), 1);
    ServiceManager{}.tell_ready("x");
}

}  // namespace
}  // namespace ds::sys
