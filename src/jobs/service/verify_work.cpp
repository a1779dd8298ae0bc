#include <fmt/format.h>

#include "jobs/service/opened.hpp"
#include "jobs/service/work.hpp"
#include "jobs/verify.hpp"

namespace ds::jobs {
namespace {

constexpr std::size_t detail_bytes_max = 4000;

struct Ground {
    ChosenCopy copy;
    std::vector<model::Key> keys;
};

Result<Ground> read_ground(catalog::Session& session, const model::Run& order) {
    Ground ground;
    DS_TRY(ground.copy,
           choose_copy(session, order.organization, order.order.backup, order.order.store));
    DS_TRY(ground.keys,
           catalog::keys.select(session, "WHERE organization = ?", {order.organization}));
    return ground;
}

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
    DS_TRY(const auto ground, office.catalog.read([&](catalog::Session& session) {
        return read_ground(session, order);
    }));
    DS_TRY(const auto store, open_store(office, ground.copy.store, run));
    VerifyOrder verify_order;
    verify_order.level = static_cast<int>(order.order.level);
    verify_order.tool_dirs = office.tool_dirs;
    verify_order.state = office.state;
    DS_TRY(verify_order.identities, identities_of(office, ground.keys));
    const archive::Place place{ground.copy.backup.source_id, ground.copy.backup.id};
    DS_TRY(const auto stored, archive::read_stored(*store, place));
    DS_TRY(const auto report, verify(verify_order, *store, stored, run));
    for (const auto& note : report.notes) run.progress.warn(note);

    model::Proof proof;
    proof.level = static_cast<std::uint64_t>(report.level);
    proof.damaged = report.damaged();
    proof.at = rfc3339(office.now());
    proof.detail = detail_of(report);
    proof.milliseconds = static_cast<std::uint64_t>(report.duration.count());
    Outcome outcome;
    outcome.backup = ground.copy.backup.id;
    if (proof.damaged) {
        outcome.state = model::RunState::failed;
        outcome.error = fmt::format("{} is damaged: {}", ground.copy.backup.name, proof.detail);
    }
    outcome.record = [organization = order.organization, id = ground.copy.backup.id,
                      proof](catalog::Session& session) {
        return record(session, organization, id, proof);
    };
    return outcome;
}

}  // namespace ds::jobs
