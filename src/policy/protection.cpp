#include "policy/protection.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::policy {
namespace {

/// No target is longer; what is said beyond it would not fit the clock's nanoseconds.
constexpr std::chrono::seconds age_max = std::chrono::days{36'500};

/// The first reason why a database with a good backup is at risk, or nothing.
std::optional<std::string> risk(const ProtectionFacts& facts, TimePoint now) {
    const auto age = now - *facts.last_good;
    const auto target_age = std::min(facts.target_age, age_max);
    const auto proof_due_after = std::min(facts.proof_due_after, age_max);
    if (facts.unknown) return "The present state is not known.";
    if (age < age.zero()) return "The newest backup is from the future: a clock is wrong.";
    if (facts.target_age.count() <= 0) return "Nobody said how old the newest backup may be.";
    if (age > target_age)
        return fmt::format("The newest good backup is {} old, the target is {}.",
                           human_duration(age), human_duration(target_age));
    if (facts.last_run_failed) return "The last run failed.";
    if (facts.proof_due_after.count() <= 0) return "No proofs are planned.";
    if (!facts.last_proof) return "No backup was proven yet.";
    if (!facts.last_proof_ok) return "The last proof failed.";
    const auto proof_age = now - *facts.last_proof;
    if (proof_age < proof_age.zero()) return "The last proof is from the future: a clock is wrong.";
    if (proof_age > proof_due_after)
        return fmt::format("The last proof is {} old, one is due every {}.",
                           human_duration(proof_age), human_duration(proof_due_after));
    return {};
}

}  // namespace

std::string_view name_of(Protection protection) {
    switch (protection) {
        case Protection::protected_: return "protected";
        case Protection::at_risk: return "at_risk";
        case Protection::unprotected: return "unprotected";
        case Protection::paused: return "paused";
    }
    return "?";
}

Verdict judge(const ProtectionFacts& facts, TimePoint now) {
    if (facts.paused) return {Protection::paused, "Backups are paused."};
    if (!facts.last_good) return {Protection::unprotected, "There is no good backup."};
    if (const auto reason = risk(facts, now)) return {Protection::at_risk, *reason};
    return {Protection::protected_, fmt::format("The newest good backup is {} old, and proven.",
                                                human_duration(now - *facts.last_good))};
}

}  // namespace ds::policy
