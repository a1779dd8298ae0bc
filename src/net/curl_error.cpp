#include "net/curl_error.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/core.h>

#include "base/text.hpp"

namespace ds::net {
namespace {

Error connect_error(CURL* easy, const std::string& where) {
    long number = 0;
    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number);
    const std::string reason = number == ECONNREFUSED ? "connection refused"
                               : number != 0 ? lower(std::strerror(static_cast<int>(number)))
                                             : "no connection";
    return fail(Code::unavailable, fmt::format("cannot connect to {}: {}", where, reason),
                "Is the server running, and is address and port right?");
}

Error timeout_error(CURL* easy, const std::string& where) {
    double connected = 0;
    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME, &connected);
    if (connected <= 0) {
        return fail(Code::timeout, fmt::format("cannot connect to {}: no answer in time", where),
                    "A firewall may drop the packets, or the address is wrong.");
    }
    return fail(Code::timeout, fmt::format("{} stopped moving data", where));
}

}  // namespace

void start_curl_once() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    DS_CHECK(started == CURLE_OK, "libcurl does not start");
}

Error curl_error(CURLcode code, CURL* easy, const char* why, const std::string& where) {
    const auto detail = printable(*why != '\0' ? why : curl_easy_strerror(code), 200);
    switch (code) {
        case CURLE_ABORTED_BY_CALLBACK:
            return fail(Code::cancelled, fmt::format("request to {} was stopped", where));
        case CURLE_COULDNT_RESOLVE_HOST:
            return fail(Code::unavailable, fmt::format("cannot find the address of {}", where),
                        "Check the host name and this machine's DNS.");
        case CURLE_COULDNT_RESOLVE_PROXY:
            return fail(Code::unavailable, "cannot find the address of the proxy",
                        "Check https_proxy and http_proxy in the environment.");
        case CURLE_COULDNT_CONNECT: return connect_error(easy, where);
        case CURLE_OPERATION_TIMEDOUT: return timeout_error(easy, where);
        case CURLE_PEER_FAILED_VERIFICATION:
            return fail(Code::denied,
                        fmt::format("the TLS certificate of {} is not trusted: {}", where, detail),
                        "For a private certificate authority give its certificate with ca_file.");
        case CURLE_SSL_CACERT_BADFILE:
            return fail(Code::invalid,
                        fmt::format("cannot read the CA file for {}: {}", where, detail));
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return fail(Code::invalid,
                        fmt::format("cannot use '{}' as an address", printable(where, 200)));
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
            return fail(Code::unavailable,
                        fmt::format("{} closed the connection early: {}", where, detail));
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return fail(Code::unavailable,
                        fmt::format("connection to {} broke off: {}", where, detail));
        case CURLE_SSL_CONNECT_ERROR:
            return fail(Code::unavailable,
                        fmt::format("no TLS connection to {}: {}", where, detail),
                        "Does this port speak TLS? Use http:// if it does not.");
        default:
            return fail(Code::unavailable, fmt::format("request to {} failed: {}", where, detail));
    }
}

}  // namespace ds::net
