#include "net/curl_guard.hpp"

#include <sys/socket.h>

namespace ds::net {

void CurlGuard::watch(CURL* easy) {
    if (rules_.reach == Reach::anything) return;
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlGuard::open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
}

curl_socket_t CurlGuard::open(void* self, curlsocktype, curl_sockaddr* address) {
    auto& guard = *static_cast<CurlGuard*>(self);
    const auto called = Address::of(&address->addr);
    auto checked = called ? check_outgoing(guard.rules_, *called)
                          : Status{fail(Code::denied, "not an internet address")};
    if (!checked) {
        guard.refused_ = std::move(checked.error());
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace ds::net
