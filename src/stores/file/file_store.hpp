#pragma once

#include "stores/driver.hpp"
#include "stores/file/tree.hpp"
#include "stores/store.hpp"
#include "sys/run.hpp"

namespace ds::stores::file {

/// Objects are files below a directory, mode 0600, in directories of mode 0700. A file is written
/// under a hidden temporary name beside its place, synced, and renamed; the directory is created on
/// the first write.
class FileStore final : public Store {
public:
    FileStore(sys::fs::path root, const sys::Run& run) : tree_{std::move(root)}, run_{run} {}

    Traits traits() const override;
    Result<stream::SinkPtr> create(const std::string& key, const PutOptions& options) override;
    Result<stream::SourcePtr> open(const std::string& key, Range range) override;
    Result<ObjectInfo> stat(const std::string& key) override;
    Status list(const std::string& prefix,
                const std::function<Status(const ObjectInfo&)>& visit) override;
    Status remove(const std::string& key) override;
    /// Spares temporary files whose writer still lives on this machine.
    Result<std::size_t> sweep(const std::string& prefix, std::chrono::seconds age) override;

private:
    const Tree tree_;
    const sys::Run run_;

    Status walk(const std::string& prefix,
                const std::function<Status(const Place&, const std::string& key)>& visit);
};

extern const Driver driver;

}  // namespace ds::stores::file
