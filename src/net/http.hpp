#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "net/guard.hpp"

namespace ds::net {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string origin;      // "https://host[:port]", http or https only
    std::string path = "/";  // as it goes over the wire: already percent-encoded
    Fields query;            // not encoded yet; sent in this order
    Fields headers;
    View body;                           // must stay alive during the call
    std::size_t answer_bytes_max = MiB;  // a longer answer is Code::exhausted
    std::chrono::seconds stall_max{60};  // no byte moving for so long is Code::timeout
    std::chrono::seconds total_max{0};   // 0: a transfer that moves may take as long as it needs

    /// The header's value; nothing when it is missing. Names are compared without case.
    std::optional<std::string> header(std::string_view name) const;
};

struct HttpResponse {
    int status = 0;
    Fields headers;
    Bytes body;

    std::optional<std::string> header(std::string_view name) const;
    bool ok() const { return status >= 200 && status < 300; }
};

struct HttpOptions {
    std::chrono::milliseconds connect_max{10'000};  // name lookup, TCP and TLS together
    std::string ca_file;                            // instead of the system's certificates
    std::string user_agent = "dumpstation";
    Outgoing outgoing;  // whom it may call; else Code::denied
};

/// HTTP/1.1 over libcurl: whole bodies in memory, connections reused, TLS always verified,
/// redirects not followed, proxies from the environment. Thread-safe; each call blocks its thread.
///
/// Every status is an answer, not an error. Errors: unavailable (name not resolved, refused, reset,
/// closed early), timeout, denied (TLS peer not trusted), cancelled (`stop` fired; within a
/// moment), exhausted (answer too long), invalid (not a URL, no such CA file).
class HttpClient {
public:
    explicit HttpClient(HttpOptions options = {});
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    Result<HttpResponse> send(const HttpRequest& request, const std::stop_token& stop = {});

private:
    struct Line;
    struct Pool;
    const HttpOptions options_;
    std::unique_ptr<Pool> pool_;
};

/// `name=value&…` with both sides percent-encoded.
std::string encoded_query(const Fields& query);
/// "Wed, 21 Oct 2015 07:28:00 GMT"
std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

}  // namespace ds::net
