#include "catalog/backup_names.hpp"

#include <fmt/format.h>

namespace ds::catalog {
namespace {

constexpr int namesakes_max = 1000;

Result<bool> is_taken(Session& session, const std::string& organization, const std::string& name) {
    DS_TRY(const auto rows, session.run("SELECT 1 FROM backups WHERE organization = ? AND name = ?",
                                        {organization, name}));
    return !rows.empty();
}

}  // namespace

Status insert_backup(Session& session, model::Backup backup) {
    const auto drawn = backup.name;
    for (int number = 2; number <= namesakes_max; ++number) {
        DS_TRY(const bool taken, is_taken(session, backup.organization, backup.name));
        if (!taken) return backups.insert(session, backup);
        backup.name = fmt::format("{}-{}", drawn, number);
    }
    return fail(Code::exists, fmt::format("{} backups have the name {}", namesakes_max, drawn));
}

}  // namespace ds::catalog
