#include "jobs/restore.hpp"

#include "base/text.hpp"
#include "crypto/sign.hpp"
#include "engines/all.hpp"
#include "jobs/stored_backup.hpp"

namespace ds::jobs {
namespace {

/// A manifest that nobody signed could send us anywhere.
Status check_signed(stores::Store& store, const archive::Stored& backup) {
    DS_TRY(const auto signature,
           stores::get(store, backup.place.key(archive::signature_object), 1 * KiB));
    return crypto::check_signature(backup.manifest.signer, view_of(backup.manifest_text),
                                   trimmed(text_of(signature)));
}

}  // namespace

Result<RestoreOutcome> restore(const RestoreOrder& order, stores::Store& store,
                               const archive::Stored& backup, const sys::Run& run) {
    const auto began = run.clock.now();
    DS_DO(check_signed(store, backup)
              .while_doing("checking the signature of " + backup.manifest.name));
    DS_TRY(auto* engine, engines::engine_by_name(backup.manifest.engine));
    run.progress.step("open");
    DS_TRY(const auto parts, StoredBackup::open(store, backup, order.identities));
    RestoreOutcome outcome;
    DS_TRY(outcome.report, engine->restore(*parts, order.restore, run));
    outcome.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(run.clock.now() - began);
    return outcome;
}

Result<engines::DirectoryReport> restore_directory(const engines::DirectoryRequest& request,
                                                   const std::vector<crypto::Identity>& identities,
                                                   stores::Store& store,
                                                   const archive::Stored& backup,
                                                   const sys::Run& run) {
    DS_DO(check_signed(store, backup)
              .while_doing("checking the signature of " + backup.manifest.name));
    DS_TRY(auto* engine, engines::engine_by_name(backup.manifest.engine));
    run.progress.step("open");
    DS_TRY(const auto parts, StoredBackup::open(store, backup, identities));
    return engine->restore_directory(*parts, request, run);
}

}  // namespace ds::jobs
