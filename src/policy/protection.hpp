#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "policy/zone.hpp"

namespace ds::policy {

/// How well a database is protected. Whatever is not known is never `protected_`.
enum class Protection {
    protected_,   // the recovery point is within its target, and proven
    at_risk,      // there is a good backup, but something is late, failed or not known
    unprotected,  // there is no good backup
    paused,       // somebody stopped the plan
};

/// "protected", "at_risk", "unprotected", "paused".
std::string_view name_of(Protection protection);

/// What is known about a database's backups. The defaults are those of one that nothing is known
/// of.
struct ProtectionFacts {
    std::optional<TimePoint> last_good;   // when the newest good backup was taken
    std::chrono::seconds target_age{};    // how old that may be; 0 = nobody said
    std::optional<TimePoint> last_proof;  // when a backup was last proven, whatever came out
    bool last_proof_ok = false;
    std::chrono::seconds proof_due_after{};  // how old that may be; 0 = no proofs are planned
    bool paused = false;
    bool last_run_failed = false;
    bool unknown = false;  // the store, the agent or the catalog could not be asked
};

struct Verdict {
    Protection protection = Protection::unprotected;
    std::string reason;  // one sentence
};

/// The worst thing first: paused, then what makes it unprotected, then what puts it at risk.
Verdict judge(const ProtectionFacts& facts, TimePoint now);

}  // namespace ds::policy
