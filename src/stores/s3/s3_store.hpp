#pragma once

#include "stores/driver.hpp"
#include "stores/s3/client.hpp"
#include "stores/store.hpp"

namespace ds::stores::s3 {

/// Amazon S3 and what is compatible with it.
class S3Store final : public Store {
public:
    S3Store(Config config, const sys::Run& run, const net::RetryPolicy& policy = {})
        : run_{run}, client_{std::move(config), run, policy} {}

    Traits traits() const override;
    Result<stream::SinkPtr> create(const std::string& key, const PutOptions& options) override;
    Result<stream::SourcePtr> open(const std::string& key, Range range) override;
    Result<ObjectInfo> stat(const std::string& key) override;
    Status list(const std::string& prefix,
                const std::function<Status(const ObjectInfo&)>& visit) override;
    Status remove(const std::string& key) override;
    Result<std::size_t> sweep(const std::string& prefix, std::chrono::seconds age) override;

    Client& client() { return client_; }

private:
    const sys::Run run_;
    Client client_;

    std::string full(const std::string& key) const { return client_.config().prefix + key; }
};

extern const Driver driver;

}  // namespace ds::stores::s3
