#include "jobs/service/holding.hpp"

#include <algorithm>

namespace ds::jobs {
namespace {

policy::Rules rules_of(const model::Retention& retention) {
    const auto small = [](std::uint64_t number) {
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, UINT32_MAX));
    };
    return {small(retention.keep_last), small(retention.keep_days), small(retention.daily),
            small(retention.weekly),    small(retention.monthly),   small(retention.yearly),
            retention.bytes_max};
}

}  // namespace

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

Result<std::vector<policy::Candidate>> candidates_of(const Holding& holding) {
    std::vector<policy::Candidate> candidates;
    for (const auto& copy : holding.copies) {
        const auto& backup = holding.backups.at(copy.backup);
        policy::Candidate one;
        one.id = copy.id;
        DS_TRY(one.taken, from_rfc3339(backup.taken));
        one.bytes = copy.stored_bytes;
        one.good = !backup.proof.damaged;
        one.pinned = backup.pinned;
        if (!backup.locked_until.empty()) {
            DS_TRY(const auto until, from_rfc3339(backup.locked_until));
            one.locked_until = until;
        }
        candidates.push_back(std::move(one));
    }
    return candidates;
}

Result<std::vector<policy::Decision>> decide(const Holding& holding,
                                             const std::vector<policy::Candidate>& candidates,
                                             catalog::Time now, const policy::Zone& zone) {
    return policy::decide(rules_of(holding.destination.retention), candidates, now, zone);
}

Status check_retention(const model::Retention& retention) {
    return policy::check(rules_of(retention));
}

}  // namespace ds::jobs
