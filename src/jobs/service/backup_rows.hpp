#pragma once

#include "jobs/backup.hpp"
#include "jobs/service/office.hpp"

namespace ds::jobs {

/// All rows that a backup run stands on, read in one view.
struct BackupGround {
    model::Plan plan;
    model::Database database;
    model::Server server;
    std::vector<model::Store> stores;  // those that are not paused
    std::vector<model::Key> keys;
};
/// Code::invalid when the plan has no store to write to, or no key though it encrypts.
Result<BackupGround> read_ground(catalog::Session& session, const model::Run& order);

/// Of a backup that exists in at least one store.
struct BackupRows {
    model::Backup backup;
    std::vector<model::Copy> copies;
    std::string source_id;
    std::string database;
};
/// `report.copies` are in the order of `ground.stores`.
BackupRows rows_of(const Office& office, const model::Run& order, const BackupGround& ground,
                   const BackupReport& report);
Status record(catalog::Session& session, const BackupRows& rows);
/// What a partly done run says: which copies are not complete, and why.
std::string missing_copies(const BackupReport& report);

}  // namespace ds::jobs
