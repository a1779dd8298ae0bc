#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "archive/reader.hpp"
#include "engines/engine.hpp"

namespace ds::jobs {

/// A stored backup as engines want to see it.
class StoredBackup final : public engines::PartReader {
public:
    /// Reads facts and index, which proves that the key fits.
    static Result<std::unique_ptr<StoredBackup>> open(stores::Store& store, archive::Stored stored,
                                                      std::vector<crypto::Identity> identities);

    archive::Reader& reader() { return reader_; }
    Result<stream::SourcePtr> open(const std::string& part, std::uint64_t offset,
                                   std::optional<std::uint64_t> bytes) override {
        return reader_.open(part, offset, bytes);
    }
    const json::Value& facts() const override { return facts_; }
    const json::Value& index(const std::string& part) const override;
    const std::string& backup_name() const override { return reader_.manifest().name; }

private:
    StoredBackup(stores::Store& store, archive::Stored stored,
                 std::vector<crypto::Identity> identities)
        : reader_{store, std::move(stored), std::move(identities)} {}

    archive::Reader reader_;
    json::Value facts_;
    std::map<std::string, json::Value> indexes_;
};

}  // namespace ds::jobs
