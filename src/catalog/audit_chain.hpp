#pragma once

#include <chrono>
#include <optional>

#include "catalog/columns.hpp"
#include "catalog/sql/session.hpp"
#include "model/audit.hpp"

/// The audit of an organization is a chain: each row has the hash of the row before it, and the
/// head, where the chain begins and ends, is sealed with the master key. Who may write to the
/// catalog but does not have the key can change, remove, insert or reorder nothing unnoticed.
namespace ds::catalog {

class Vault;
using Time = std::chrono::system_clock::time_point;

/// What a head says once it is opened.
struct AuditMark {
    std::uint64_t last = 0;   // sequence of the newest row; 0 = none yet
    std::string hash;         // its hash
    std::uint64_t first = 1;  // sequence of the oldest row that is kept
    std::string previous;     // the hash of the row before it
};
BOOST_DESCRIBE_STRUCT(AuditMark, (), (last, hash, first, previous))

/// SHA-256, hex, over "dumpstation audit 1\n" and every column but the hash as "BYTES:TEXT\n", in
/// the order of the described struct.
std::string audit_hash(const Row& columns);
/// "ORGANIZATION-000000000042": ids sort as the chain goes.
std::string audit_id(const std::string& organization, std::uint64_t sequence);

/// Adds a row: organization and what it says are given; sequence, time and hashes are filled in.
/// Holds the head's row until the transaction ends, so that the writers of one organization follow
/// each other, on every server of a shared catalog. A head that is gone or was forged is told by a
/// row of its own, "audit.taken_up", and the chain goes on.
Status append_audit(sql::Session& session, const Vault& vault, model::AuditRow row, Time now);

/// Removes what is older than `before` from the chain's beginning, up to a bounded number of rows,
/// and enters that it did. Returns how many went. The newest row stays.
Result<std::uint64_t> trim_audit(sql::Session& session, const Vault& vault,
                                 const std::string& organization, Time before, Time now);

/// Nothing when the organization has no head. Code::corrupt or unauthenticated when it does not
/// open.
Result<std::optional<AuditMark>> audit_mark(sql::Session& session, const Vault& vault,
                                            const std::string& organization);

}  // namespace ds::catalog
