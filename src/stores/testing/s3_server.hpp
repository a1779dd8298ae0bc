#pragma once

#include <optional>
#include <string>

#include "stores/s3/s3_store.hpp"
#include "sys/process.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::stores::testing {

/// A real S3 server (Ceph) for the tests of this process, with one bucket.
class S3Server {
public:
    S3Server() = default;
    ~S3Server();
    S3Server(const S3Server&) = delete;
    S3Server& operator=(const S3Server&) = delete;

    static constexpr std::string_view bucket = "contract";
    /// Starts it on the first call; nothing when the machine has none, with the reason on stderr.
    static const S3Server* get();

    const std::string& endpoint() const { return endpoint_; }
    const std::string& access_key() const { return access_key_; }
    const std::string& secret_key() const { return secret_key_; }
    /// A store below `prefix`, by default through the server's own endpoint.
    s3::Config config(const std::string& prefix, const std::string& options = {},
                      const std::string& endpoint = {}) const;

private:
    sys::testing::TempDirectory directory_;
    std::string endpoint_;
    std::string access_key_;
    std::string secret_key_;

    /// "testbed s3 …"
    Result<sys::Finished> testbed(const std::vector<std::string>& arguments) const;
    bool start();
    bool create_bucket() const;
};

}  // namespace ds::stores::testing
