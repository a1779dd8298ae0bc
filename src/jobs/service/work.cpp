#include "jobs/service/work.hpp"

#include <fmt/format.h>

#include "catalog/run_queue.hpp"

namespace ds::jobs {

Result<Outcome> do_work(const Office& office, const model::Run& order, const sys::Run& run) {
    switch (order.kind) {
        case model::RunKind::backup: return backup_work(office, order, run);
        case model::RunKind::restore: return restore_work(office, order, run);
        case model::RunKind::verify: return verify_work(office, order, run);
        case model::RunKind::prune: return prune_work(office, order, run);
    }
    return fail(Code::internal, "a run of an unknown kind");
}

Result<ChosenCopy> choose_copy(catalog::Session& session, const std::string& organization,
                               const std::string& backup, const std::string& store) {
    ChosenCopy chosen;
    DS_TRY(chosen.backup, catalog::backups.get(session, organization, backup));
    DS_TRY(const auto found, catalog::readable_copies(session, organization, backup));
    for (const auto& copy : found) {
        if (!store.empty() && copy.store != store) continue;
        DS_TRY(chosen.store, catalog::stores.get(session, organization, copy.store));
        return chosen;
    }
    return fail(Code::not_found,
                fmt::format("no store holds a complete copy of {}", chosen.backup.name));
}

}  // namespace ds::jobs
