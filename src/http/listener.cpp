#include "http/listener.hpp"

#include <array>
#include <cerrno>
#include <memory>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace ds::http {
namespace {

/// Unsent bytes that the kernel takes for one client beyond what is under way (tcp(7)): bounds
/// memory and keeps back-pressure close, whatever the window.
constexpr int unsent_bytes_max = 256 * 1024;

void set_option(int fd, int level, int name, int value) {
    // These make it better, not possible: failing is no reason to stop.
    static_cast<void>(::setsockopt(fd, level, name, &value, sizeof value));
}

std::string address_of(const sockaddr_storage& from) {
    std::array<char, INET6_ADDRSTRLEN> room{};
    if (from.ss_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in&>(from);
        ::inet_ntop(AF_INET, &four.sin_addr, room.data(), room.size());
    } else {
        const auto& six = reinterpret_cast<const sockaddr_in6&>(from);
        ::inet_ntop(AF_INET6, &six.sin6_addr, room.data(), room.size());
    }
    const std::string text{room.data()};
    constexpr std::string_view mapped = "::ffff:";
    const bool is_mapped = text.starts_with(mapped) && text.find('.') != std::string::npos;
    return is_mapped ? text.substr(mapped.size()) : text;
}

std::uint16_t port_of(int fd) {
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    const int failed = ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &length);
    DS_CHECK(failed == 0, "a listening socket has a name");
    return ntohs(bound.ss_family == AF_INET
                     ? reinterpret_cast<const sockaddr_in&>(bound).sin_port
                     : reinterpret_cast<const sockaddr_in6&>(bound).sin6_port);
}

bool is_shortage(int number) {
    return number == EMFILE || number == ENFILE || number == ENOBUFS || number == ENOMEM;
}

}  // namespace

Result<Listener> Listener::open(const std::string& address, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
        return fail(Code::invalid, fmt::format("'{}' is not an IP address", address),
                    "Give an address of this machine, 0.0.0.0 or ::.");
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{found, ::freeaddrinfo};
    const auto what = fmt::format("cannot listen on {} port {}", address, port);
    Listener listener;
    listener.socket_ =
        sys::Fd{::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const int fd = listener.socket_.get();
    if (fd < 0) return sys::errno_error(errno, what);
    set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (found->ai_family == AF_INET6) set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    if (::bind(fd, found->ai_addr, found->ai_addrlen) != 0 || ::listen(fd, SOMAXCONN) != 0) {
        return sys::errno_error(errno, what);
    }
    listener.port_ = port_of(fd);
    return listener;
}

Listener::Accepted Listener::accept() const {
    sockaddr_storage from{};
    socklen_t length = sizeof from;
    Accepted accepted;
    accepted.socket = sys::Fd{
        ::accept4(fd(), reinterpret_cast<sockaddr*>(&from), &length, SOCK_CLOEXEC | SOCK_NONBLOCK)};
    if (!accepted.socket) {
        // Every other error is one connection's that ended before we looked (accept(2)).
        if (is_shortage(errno)) {
            accepted.verdict = Verdict::full;
            accepted.why = sys::errno_error(errno, "cannot accept a connection");
        }
        return accepted;
    }
    accepted.verdict = Verdict::accepted;
    accepted.peer = address_of(from);
    set_option(accepted.socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(accepted.socket.get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, unsent_bytes_max);
    return accepted;
}

}  // namespace ds::http
