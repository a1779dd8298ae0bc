#include "sys/service_manager.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.hpp"
#include "sys/files.hpp"

namespace ds::sys {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// sd_watchdog_enabled(3): the wish may be for another process.
std::chrono::milliseconds wanted_beat() {
    const auto pid = environment("WATCHDOG_PID");
    if (!pid.empty() && pid != std::to_string(::getpid())) return {};
    const auto microseconds = parse_unsigned(environment("WATCHDOG_USEC"), "WATCHDOG_USEC");
    return std::chrono::milliseconds{microseconds ? *microseconds / 1000 / 2 : 0};
}

}  // namespace

ServiceManager::ServiceManager() : socket_{environment("NOTIFY_SOCKET")} {
    if (!socket_.empty()) beat_ = wanted_beat();
}

void ServiceManager::tell_ready(std::string_view status) const {
    send(fmt::format("READY=1\nSTATUS={}", printable(status)));
}

void ServiceManager::tell_stopping(std::chrono::seconds may_take) const {
    const std::chrono::microseconds extended{may_take};
    send(fmt::format("STOPPING=1\nEXTEND_TIMEOUT_USEC={}", extended.count()));
}

void ServiceManager::tell_alive() const { send("WATCHDOG=1"); }

// That nobody listens must not keep us from working.
void ServiceManager::send(std::string_view state) const {
    sockaddr_un address{};
    if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket_.data(), socket_.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    const Fd fd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    if (!fd) return;
    static_cast<void>(::sendto(fd.get(), state.data(), state.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                               reinterpret_cast<const sockaddr*>(&address), size));
}

}  // namespace ds::sys
