#include "policy/protection.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/testing/times.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;

const auto now = testing::at("2026-11-23T09:00Z");

ProtectionFacts all_well() {
    ProtectionFacts facts;
    facts.last_good = now - 6h;
    facts.target_age = 24h;
    facts.last_proof = now - 48h;
    facts.last_proof_ok = true;
    facts.proof_due_after = 7 * 24h;
    return facts;
}

struct Case {
    std::function<void(ProtectionFacts&)> change;
    Protection protection;
    std::string reason;
};

TEST(Protection, is_green_only_within_target_and_proven) {
    const auto verdict = judge(all_well(), now);
    EXPECT_EQ(verdict.protection, Protection::protected_);
    EXPECT_EQ(verdict.reason, "The newest good backup is 6 h 0 min old, and proven.");
}

TEST(Protection, says_why_it_is_not_green) {
    using Facts = ProtectionFacts;
    const std::vector<Case> table{
        {[](Facts& f) { f.last_good.reset(); }, Protection::unprotected, "no good backup"},
        {[](Facts& f) { f.last_good = now - 25h; }, Protection::at_risk, "the target is 24 h"},
        {[](Facts& f) { f.last_good = now + 1s; }, Protection::at_risk, "a clock is wrong"},
        {[](Facts& f) { f.last_run_failed = true; }, Protection::at_risk, "last run failed"},
        {[](Facts& f) { f.last_proof_ok = false; }, Protection::at_risk, "last proof failed"},
        {[](Facts& f) { f.last_proof.reset(); }, Protection::at_risk, "proven yet"},
        {[](Facts& f) { f.last_proof = now - 200h; }, Protection::at_risk, "last proof is 200 h"},
        {[](Facts& f) { f.last_proof = now + 1h; }, Protection::at_risk, "a clock is wrong"},
        {[](Facts& f) { f.paused = true; }, Protection::paused, "paused"},
    };
    for (const auto& item : table) {
        auto facts = all_well();
        item.change(facts);
        const auto verdict = judge(facts, now);
        EXPECT_EQ(verdict.protection, item.protection) << item.reason;
        EXPECT_THAT(verdict.reason, ::testing::HasSubstr(item.reason));
    }
}

TEST(Protection, what_is_unknown_is_never_green) {
    EXPECT_EQ(judge({}, now).protection, Protection::unprotected);
    auto facts = all_well();
    facts.unknown = true;
    EXPECT_EQ(judge(facts, now).protection, Protection::at_risk);
    facts = all_well(), facts.target_age = 0s;
    EXPECT_EQ(judge(facts, now).protection, Protection::at_risk);
    facts = all_well(), facts.proof_due_after = 0s;
    EXPECT_EQ(judge(facts, now).protection, Protection::at_risk);
}

TEST(Protection, limits_are_still_within_target) {
    auto facts = all_well();
    facts.last_good = now - 24h, facts.last_proof = now - 7 * 24h;
    EXPECT_EQ(judge(facts, now).protection, Protection::protected_);
    facts.target_age = facts.proof_due_after = std::chrono::seconds::max();
    EXPECT_EQ(judge(facts, now).protection, Protection::protected_);
}

TEST(Protection, has_a_name_for_each) {
    EXPECT_EQ(name_of(Protection::protected_), "protected");
    EXPECT_EQ(name_of(Protection::at_risk), "at_risk");
    EXPECT_EQ(name_of(Protection::unprotected), "unprotected");
    EXPECT_EQ(name_of(Protection::paused), "paused");
}

}  // namespace
}  // namespace ds::policy
