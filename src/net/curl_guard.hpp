#pragma once

#include <string>

#include <curl/curl.h>

#include "net/guard.hpp"

namespace ds::net {

/// Checks each address right before libcurl connects to it: the one that is checked is the one that
/// is called. Lives as long as the transfer.
class CurlGuard {
public:
    explicit CurlGuard(const Outgoing& rules) : rules_{rules} {}
    void watch(CURL* easy);
    /// Why no connection was made; nothing when it was not us.
    const std::optional<Error>& refused() const { return refused_; }

private:
    const Outgoing& rules_;
    std::optional<Error> refused_;

    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* address);
};

}  // namespace ds::net
