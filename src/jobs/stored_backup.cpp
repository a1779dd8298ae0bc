#include "jobs/stored_backup.hpp"

namespace ds::jobs {

Result<std::unique_ptr<StoredBackup>> StoredBackup::open(stores::Store& store,
                                                         archive::Stored stored,
                                                         std::vector<crypto::Identity> identities) {
    std::unique_ptr<StoredBackup> backup{
        new StoredBackup{store, std::move(stored), std::move(identities)}};
    DS_TRY(backup->facts_, backup->reader_.read_json(std::string{archive::facts_part}));
    DS_TRY(const auto indexes, backup->reader_.read_json(std::string{archive::index_part}));
    DS_DO(json::read_into(backup->indexes_, indexes, "index"));
    return backup;
}

const json::Value& StoredBackup::index(const std::string& part) const {
    static const json::Value none;
    const auto found = indexes_.find(part);
    return found == indexes_.end() ? none : found->second;
}

}  // namespace ds::jobs
