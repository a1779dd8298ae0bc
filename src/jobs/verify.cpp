#include "jobs/verify.hpp"

#include <algorithm>

#include "archive/signer.hpp"
#include "engines/all.hpp"
#include "jobs/stored_backup.hpp"

namespace ds::jobs {
namespace {

bool all_ok(const std::vector<engines::Check>& checks) {
    return std::all_of(checks.begin(), checks.end(), [](const auto& check) { return check.ok; });
}

void take(std::vector<engines::Check>& to, std::vector<engines::Check> checks) {
    std::move(checks.begin(), checks.end(), std::back_inserter(to));
}

Status stored_intact(const VerifyOrder& order, stores::Store& store, const archive::Stored& backup,
                     VerifyReport& report, const sys::Run& run) {
    DS_TRY(auto witness, archive::Witness::load(order.state));
    const auto& location = store.traits().location;
    const auto last = witness.last(location, backup.place.source);
    if (last && order.was_removed && order.was_removed(*last))
        witness.forget(location, backup.place.source);
    DS_TRY(auto signers, archive::trusted_signers(order.state));
    signers.insert(signers.end(), order.trusted_signers.begin(), order.trusted_signers.end());
    DS_TRY(auto found,
           archive::check_stored(store, backup, {order.identities, signers, &witness}, run));
    report.damages = std::move(found.damages);
    report.notes = std::move(found.notes);
    report.bytes_read = found.bytes;
    report.checks.push_back({"stored intact", report.damages.empty(), found.objects, ""});
    if (backup.manifest.sealed() && !found.opened) {
        report.notes.emplace_back(
            "not opened: no key was given, so only the stored bytes were checked");
    }
    if (!report.damages.empty()) return {};
    report.level = 1;
    // What is sound is remembered; a state directory that cannot be written to does not make a
    // backup bad.
    if (const auto saved = witness.saw(location, backup); !saved) {
        report.notes.push_back(saved.error().message());
    }
    return {};
}

Status higher_levels(const VerifyOrder& order, stores::Store& store, const archive::Stored& backup,
                     VerifyReport& report, const sys::Run& run) {
    DS_TRY(auto* engine, engines::engine_by_name(backup.manifest.engine));
    DS_TRY(const auto parts, StoredBackup::open(store, backup, order.identities));
    run.progress.step("inspect");
    DS_TRY(auto inspected, engine->inspect(*parts, run));
    const bool sound = all_ok(inspected);
    take(report.checks, std::move(inspected));
    if (!sound) return {};
    report.level = 2;
    if (order.level < 3) return {};

    run.progress.step("rehearse");
    const engines::ProofRequest request{order.level >= 4, order.tool_dirs, order.state.string(), 2};
    DS_TRY(auto rehearsed, engine->rehearse(*parts, request, run));
    const bool proven = all_ok(rehearsed);
    take(report.checks, std::move(rehearsed));
    if (proven) report.level = std::min(order.level, level_max);
    return {};
}

}  // namespace

bool VerifyReport::damaged() const { return !damages.empty() || !all_ok(checks); }

Result<VerifyReport> verify(const VerifyOrder& order, stores::Store& store,
                            const archive::Stored& backup, const sys::Run& run) {
    const auto began = run.clock.now();
    VerifyReport report;
    report.manifest = backup.manifest;
    DS_DO(stored_intact(order, store, backup, report, run));
    if (report.level == 1 && order.level > 1)
        DS_DO(higher_levels(order, store, backup, report, run));
    report.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(run.clock.now() - began);
    return report;
}

}  // namespace ds::jobs
