#include "jobs/service/opened_copy.hpp"

#include <fmt/format.h>

#include "catalog/run_queue.hpp"

namespace ds::jobs {
namespace {

Error in_quarantine(const model::Backup& backup, const std::string& what) {
    return fail(Code::conflict,
                fmt::format("{} failed its proof: {}", what, printable(backup.proof.detail, 500)),
                "Take another backup, or order it with even_if_damaged.");
}

}  // namespace

Result<ChosenCopy> choose_copy(catalog::Session& session, const std::string& organization,
                               const std::string& backup, const std::string& store,
                               Damaged damaged) {
    ChosenCopy chosen;
    DS_TRY(chosen.backup, catalog::backups.get(session, organization, backup));
    const bool strict = damaged == Damaged::refused;
    if (strict && chosen.backup.quarantined)
        return in_quarantine(chosen.backup, chosen.backup.name);
    DS_TRY(chosen.keys, catalog::keys.select(session, "WHERE organization = ?", {organization}));
    DS_TRY(const auto found, catalog::readable_copies(session, organization, backup));
    for (const auto& copy : found) {
        if (!store.empty() && copy.store != store) continue;
        if (strict && copy.damaged)
            return in_quarantine(chosen.backup, "this copy of " + chosen.backup.name);
        DS_TRY(chosen.store, catalog::stores.get(session, organization, copy.store));
        return chosen;
    }
    return fail(Code::not_found,
                fmt::format("no store holds a complete copy of {}", chosen.backup.name));
}

Result<OpenedCopy> open_copy(const Office& office, const ChosenCopy& chosen, const sys::Run& run) {
    OpenedCopy opened;
    opened.backup = chosen.backup;
    opened.row = chosen.store;
    DS_TRY(opened.store, open_store(office, chosen.store, run));
    DS_TRY(opened.identities, identities_of(office, chosen.keys));
    DS_TRY(opened.stored,
           archive::read_stored(*opened.store, {chosen.backup.source_id, chosen.backup.id}));
    return opened;
}

Result<OpenedCopy> open_copy(const Office& office, const model::Run& order, Damaged damaged,
                             const sys::Run& run) {
    DS_TRY(const auto chosen, office.catalog.read([&](catalog::Session& session) {
        return choose_copy(session, order.organization, order.order.backup, order.order.store,
                           damaged);
    }));
    return open_copy(office, chosen, run);
}

}  // namespace ds::jobs
