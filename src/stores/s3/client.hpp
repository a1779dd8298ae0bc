#pragma once

#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "net/http.hpp"
#include "net/retry.hpp"
#include "stores/s3/config.hpp"
#include "sys/run.hpp"

namespace ds::stores::s3 {

/// One request to the server, before it is signed.
struct Call {
    std::string what;        // for messages: "uploading base.tar"
    std::string permission;  // what the key needs: "s3:PutObject"
    std::string method = "GET";
    std::string key;  // the object, with the store's prefix; empty: the bucket
    net::Fields query;
    net::Fields headers;
    View body;
    std::size_t answer_bytes_max = MiB;
    std::chrono::seconds stall_max{60};
    std::chrono::seconds total_max{0};       // of one attempt; 0: as long as it moves
    std::optional<net::RetryPolicy> policy;  // instead of the client's
    bool error_in_body =
        false;     // success may turn out to be an error half-way (CompleteMultipartUpload)
    int fine = 0;  // a status that is an answer although it is none of 200 to 299
};

/// Signs, sends, tries again where that can help, and turns every other answer into an Error.
/// Thread-safe.
class Client {
public:
    Client(Config config, const sys::Run& run, const net::RetryPolicy& policy = {});

    /// An answer of 200 to 299 or `call.fine`. Code::not_found is a missing object and nothing
    /// else: a missing bucket is Code::invalid. Code::exists is a condition that was not met,
    /// Code::conflict an upload that is gone.
    Result<net::HttpResponse> call(const Call& call, const std::stop_token& stop);

    const Config& config() const { return config_; }

private:
    const Config config_;
    const sys::Run run_;
    const net::RetryPolicy policy_;
    net::HttpClient http_;
    std::mutex mutex_;
    net::SigningKeys keys_;  // empty until the first call

    Result<net::SigningKeys> keys();
    /// True when the source has other keys by now.
    bool reload_keys(const net::SigningKeys& used);
    net::HttpRequest request_for(const Call& call) const;
};

}  // namespace ds::stores::s3
