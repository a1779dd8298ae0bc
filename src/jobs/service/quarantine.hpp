#pragma once

#include "jobs/service/office.hpp"

/// What a proof means for the backup and the copies that it speaks of.
namespace ds::jobs {

/// Writes a proof of one copy into its backup. Bytes that are not as they were written put that
/// copy aside; content that does not restore or differs, the whole backup. A later proof lifts that
/// again, if it went further than the one that failed.
void take_proof(const model::Proof& proof, model::Backup& backup, std::vector<model::Copy>& copies);

/// What follows from a proof.
struct ProofRecord {
    model::Backup backup;
    std::vector<model::Copy> copies;    // those that it changes
    std::optional<model::Run> healing;  // a new backup, asked for once
    std::string consequence;            // for people; "" when there is none
};
Result<ProofRecord> judge_proof(catalog::Session& session, const model::Backup& backup,
                                const model::Proof& proof, catalog::Time now);
Status write_proof(catalog::Session& session, ProofRecord& record);

}  // namespace ds::jobs
