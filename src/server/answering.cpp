#include <memory>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include "server/server.hpp"

// Asked from outside, as a client would ask: what hangs inside shows here.
namespace ds::server {
namespace {

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

/// "0.0.0.0" and "::" reach this machine as well.
Addresses resolve(const std::string& address, std::uint16_t port) {
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    static_cast<void>(
        ::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &wanted, &found));
    return {found, &::freeaddrinfo};
}

bool becomes(const sys::Fd& fd, short events, std::chrono::milliseconds patience) {
    pollfd look{fd.get(), events, 0};
    return ::poll(&look, 1, static_cast<int>(patience.count())) == 1;
}

}  // namespace

bool Server::answers(std::chrono::milliseconds patience) const {
    constexpr std::string_view question = "GET /healthz HTTP/1.0\r\n\r\n";
    const auto address = resolve(address_, port());
    if (!address) return false;
    const sys::Fd fd{::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!fd) return true;  // no descriptor left says nothing about the loop
    static_cast<void>(::connect(fd.get(), address->ai_addr, address->ai_addrlen));
    if (!becomes(fd, POLLOUT, patience)) return false;
    // To a TLS server this is nonsense, and refusing it is an answer as well.
    static_cast<void>(::send(fd.get(), question.data(), question.size(), MSG_NOSIGNAL));
    return becomes(fd, POLLIN, patience);
}

}  // namespace ds::server
