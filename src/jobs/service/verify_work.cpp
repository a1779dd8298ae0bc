#include <fmt/format.h>

#include "jobs/service/opened_copy.hpp"
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

Status record(catalog::Session& session, const std::string& organization, const std::string& id,
              const model::Proof& proof) {
    DS_TRY(auto backup, catalog::backups.get(session, organization, id));
    backup.proof = proof;
    backup.changed = proof.at;
    return catalog::backups.update(session, backup);
}

}  // namespace

Result<Outcome> verify_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto copy, open_copy(office, order, run));
    VerifyOrder verify_order;
    verify_order.level = static_cast<int>(order.order.level);
    verify_order.tool_dirs = office.tool_dirs;
    verify_order.state = office.state;
    verify_order.identities = copy.identities;
    DS_TRY(const auto report, verify(verify_order, *copy.store, copy.stored, run));
    for (const auto& note : report.notes) run.progress.warn(note);

    model::Proof proof;
    proof.level = static_cast<std::uint64_t>(report.level);
    proof.damaged = report.damaged();
    proof.at = rfc3339(office.now());
    proof.detail = detail_of(report);
    proof.milliseconds = static_cast<std::uint64_t>(report.duration.count());
    Outcome outcome;
    outcome.backup = copy.backup.id;
    if (proof.damaged) {
        outcome.state = model::RunState::failed;
        outcome.error = fmt::format("{} is damaged: {}", copy.backup.name, proof.detail);
    }
    outcome.record = [organization = order.organization, id = copy.backup.id,
                      proof](catalog::Session& session) {
        return record(session, organization, id, proof);
    };
    return outcome;
}

}  // namespace ds::jobs
