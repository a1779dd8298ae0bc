#include <fmt/format.h>

#include "jobs/service/opened_copy.hpp"
#include "jobs/service/quarantine.hpp"
#include "jobs/service/work.hpp"
#include "jobs/verify.hpp"

namespace ds::jobs {
namespace {

constexpr std::size_t detail_bytes_max = 4000;

std::string detail_of(const VerifyReport& report) {
    std::vector<std::string> lines;
    for (const auto& damage : report.damages) lines.push_back(damage.object + ": " + damage.detail);
    for (const auto& check : report.checks) {
        if (!check.ok) lines.push_back(check.name + ": " + check.detail);
    }
    return printable(join(lines, "; "), detail_bytes_max);
}

model::Proof proof_of(const Office& office, const VerifyReport& report, const OpenedCopy& copy) {
    model::Proof proof;
    proof.level = static_cast<std::uint64_t>(report.level);
    proof.damaged = report.damaged();
    proof.at = rfc3339(office.now());
    proof.detail = detail_of(report);
    proof.milliseconds = static_cast<std::uint64_t>(report.duration.count());
    proof.store = copy.row.id;
    return proof;
}

/// Retention and people may remove what is newer than the backup that is verified.
bool was_removed(const Office& office, const OpenedCopy& copy, const std::string& backup) {
    const auto removed = office.catalog.read([&](catalog::Session& session) {
        return session.run(
            "SELECT count(*) FROM copies WHERE organization = ? AND backup = ? AND "
            "store = ? AND state IN ('condemned', 'removed')",
            {copy.row.organization, backup, copy.row.id});
    });
    return removed && sql::number_of(removed->at(0).at(0)) > 0;
}

}  // namespace

Result<Outcome> verify_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto copy, open_copy(office, order, Damaged::allowed, run));
    VerifyOrder verify_order;
    verify_order.level = static_cast<int>(order.order.level);
    verify_order.tool_dirs = office.tool_dirs;
    verify_order.state = office.state;
    verify_order.identities = copy.identities;
    verify_order.was_removed = [&](const archive::Sighting& seen) {
        return was_removed(office, copy, seen.id);
    };
    DS_TRY(const auto report, verify(verify_order, *copy.store, copy.stored, run));
    for (const auto& note : report.notes) run.progress.warn(note);

    const auto proof = proof_of(office, report, copy);
    DS_TRY(const auto judged, office.catalog.read([&](catalog::Session& session) {
        return judge_proof(session, copy.backup, proof, office.now());
    }));
    Outcome outcome;
    outcome.backup = copy.backup.id;
    if (proof.damaged) {
        outcome.state = model::RunState::failed;
        outcome.error =
            fmt::format("{} in {} is damaged: {}", copy.backup.name, copy.row.name, proof.detail);
        outcome.hint = judged.consequence;
    }
    outcome.record = [judged](catalog::Session& session) {
        auto record = judged;
        return write_proof(session, record);
    };
    return outcome;
}

}  // namespace ds::jobs
