#include "jobs/service/quarantine.hpp"

#include <algorithm>

#include "catalog/run_queue.hpp"

namespace ds::jobs {
namespace {

/// Level 1 speaks of the bytes of one copy; what higher levels find is the same in each.
bool is_of_content(const model::Proof& proof) { return proof.damaged && proof.level >= 1; }

bool is_there(const model::Copy& copy) {
    return copy.state == model::CopyState::complete || copy.state == model::CopyState::condemned;
}

/// Whether a new backup helps, and nobody asked for one yet. One that was itself made to heal asks
/// for no other: where two in a row are bad, people must look.
Result<std::optional<model::Run>> healing_of(catalog::Session& session, const model::Backup& backup,
                                             catalog::Time now) {
    using Healing = std::optional<model::Run>;
    if (backup.trigger == "heal") return Healing{};
    DS_TRY(const auto plan, catalog::plans.find(session, backup.organization, backup.plan));
    DS_TRY(const auto database,
           catalog::databases.find(session, backup.organization, backup.database));
    if (!plan || plan->paused || !database || database->paused || database->archived)
        return Healing{};
    DS_TRY(const auto waiting,
           session.run("SELECT count(*) FROM runs WHERE organization = ? AND \"database\" = ? AND "
                       "kind = 'backup' AND state IN ('queued', 'running')",
                       {backup.organization, backup.database}));
    if (sql::number_of(waiting.at(0).at(0)) > 0) return Healing{};
    model::Run run;
    catalog::begin_record(run, backup.organization, now);
    run.trigger = model::Trigger::heal;
    run.plan = plan->id;
    run.database = database->id;
    run.server = database->server;
    run.attempts_max = plan->attempts_max;
    return Healing{std::move(run)};
}

std::size_t damaged_count(const std::vector<model::Copy>& copies) {
    return static_cast<std::size_t>(
        std::count_if(copies.begin(), copies.end(), [](const auto& copy) { return copy.damaged; }));
}

/// Only what a proof changes is written: pruning may change the other copies meanwhile. Both are in
/// one order.
void keep_changed(std::vector<model::Copy>& copies, const std::vector<model::Copy>& before) {
    std::vector<model::Copy> changed;
    for (std::size_t at = 0; at < copies.size(); ++at) {
        if (copies[at].damaged != before[at].damaged) changed.push_back(copies[at]);
    }
    copies = std::move(changed);
}

}  // namespace

void take_proof(const model::Proof& proof, model::Backup& backup,
                std::vector<model::Copy>& copies) {
    const bool of_bytes = proof.damaged && proof.level == 0;
    for (auto& copy : copies) {
        if (copy.store != proof.store) continue;
        if (of_bytes) copy.damaged = true;
        if (proof.level >= 1) copy.damaged = false;
    }
    // Less than what failed says nothing about it.
    const bool lesser = is_of_content(backup.proof) && proof.level <= backup.proof.level;
    if (!lesser) backup.proof = proof;
    backup.quarantined = is_of_content(backup.proof) ||
                         std::none_of(copies.begin(), copies.end(), [](const auto& copy) {
                             return is_there(copy) && !copy.damaged;
                         });
}

Result<ProofRecord> judge_proof(catalog::Session& session, const model::Backup& backup,
                                const model::Proof& proof, catalog::Time now) {
    ProofRecord record;
    DS_TRY(record.backup, catalog::backups.get(session, backup.organization, backup.id));
    DS_TRY(record.copies,
           catalog::copies.select(session, "WHERE organization = ? AND backup = ? ORDER BY id",
                                  {backup.organization, backup.id}));
    const bool was_quarantined = record.backup.quarantined;
    const auto before = record.copies;
    take_proof(proof, record.backup, record.copies);
    const bool news = (record.backup.quarantined && !was_quarantined) ||
                      damaged_count(record.copies) > damaged_count(before);
    keep_changed(record.copies, before);
    if (!proof.damaged) return record;
    record.consequence = record.backup.quarantined
                             ? "It is in quarantine: it counts for nothing any more."
                             : "That copy is put aside; another store has a good one.";
    if (news) {
        DS_TRY(record.healing, healing_of(session, record.backup, now));
    }
    if (record.healing) record.consequence += " A new backup was asked for.";
    return record;
}

Status write_proof(catalog::Session& session, ProofRecord& record) {
    record.backup.changed = record.backup.proof.at;
    DS_DO(catalog::backups.update(session, record.backup));
    for (auto& copy : record.copies) DS_DO(catalog::copies.update(session, copy));
    return record.healing ? catalog::enqueue(session, *record.healing) : Status{};
}

}  // namespace ds::jobs
