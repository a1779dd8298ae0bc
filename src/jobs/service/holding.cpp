#include "jobs/service/holding.hpp"

namespace ds::jobs {

Result<Holding> read_holding(catalog::Session& session, const std::string& organization,
                             const std::string& database, const model::Destination& destination) {
    Holding holding{destination, {}, {}, {}};
    DS_TRY(holding.store, catalog::stores.get(session, organization, destination.store));
    DS_TRY(holding.copies,
           catalog::copies.select(
               session,
               "WHERE organization = ? AND store = ? AND state IN ('complete', 'condemned') AND "
               "backup IN (SELECT id FROM backups WHERE organization = ? AND \"database\" = ?)",
               {organization, destination.store, organization, database}));
    DS_TRY(const auto backups,
           catalog::backups.select(session, "WHERE organization = ? AND \"database\" = ?",
                                   {organization, database}));
    for (const auto& backup : backups) holding.backups.emplace(backup.id, backup);
    return holding;
}

bool is_good(const model::Backup& backup, const model::Copy& copy) {
    return !backup.quarantined && !copy.damaged;
}

bool is_leaving(const model::Copy& copy) {
    return copy.state == model::CopyState::condemned &&
           (copy.reason == by_hand || copy.reason == made_twice);
}

Result<std::vector<policy::Candidate>> candidates_of(const Holding& holding) {
    std::vector<policy::Candidate> candidates;
    for (const auto& copy : holding.copies) {
        const auto& backup = holding.backups.at(copy.backup);
        policy::Candidate one;
        one.id = copy.id;
        DS_TRY(one.taken, from_rfc3339(backup.taken));
        one.bytes = copy.stored_bytes;
        one.good = is_good(backup, copy);
        // What somebody wanted to be rid of must not push out what they restored from.
        if (model::is_safety_backup(backup)) one.apart = "a safety backup";
        if (is_leaving(copy)) one.apart = copy.reason;
        one.pinned = backup.pinned;
        if (!backup.locked_until.empty()) {
            DS_TRY(const auto until, from_rfc3339(backup.locked_until));
            one.locked_until = until;
        }
        candidates.push_back(std::move(one));
    }
    return candidates;
}

}  // namespace ds::jobs
