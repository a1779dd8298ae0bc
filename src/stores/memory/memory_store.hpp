#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "stores/store.hpp"
#include "sys/run.hpp"

namespace ds::stores::memory {

/// Objects in memory, for tests. Keeps every promise of a Store.
class MemoryStore final : public Store {
public:
    explicit MemoryStore(const sys::Run& run) : run_{run} {}

    Traits traits() const override { return {"memory://", true}; }
    Result<stream::SinkPtr> create(const std::string& key, const PutOptions& options) override;
    Result<stream::SourcePtr> open(const std::string& key, Range range) override;
    Result<ObjectInfo> stat(const std::string& key) override;
    Status list(const std::string& prefix,
                const std::function<Status(const ObjectInfo&)>& visit) override;
    Status remove(const std::string& key) override;
    Result<std::size_t> sweep(const std::string& prefix, std::chrono::seconds age) override;

private:
    struct Object {
        std::shared_ptr<const Bytes> bytes;
        std::chrono::system_clock::time_point modified;
    };
    class Sink;
    class Source;

    const sys::Run run_;
    std::mutex mutex_;
    std::map<std::string, Object> objects_;
};

}  // namespace ds::stores::memory
