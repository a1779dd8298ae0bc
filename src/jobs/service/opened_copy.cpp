#include "jobs/service/opened_copy.hpp"

#include <fmt/format.h>

namespace ds::jobs {

Result<ChosenCopy> choose_copy(catalog::Session& session, const std::string& organization,
                               const std::string& backup, const std::string& store) {
    ChosenCopy chosen;
    DS_TRY(chosen.backup, catalog::backups.get(session, organization, backup));
    DS_TRY(chosen.keys, catalog::keys.select(session, "WHERE organization = ?", {organization}));
    DS_TRY(const auto found,
           catalog::copies.select(session,
                                  "WHERE organization = ? AND backup = ? AND state IN "
                                  "('complete', 'condemned') ORDER BY state, id",
                                  {organization, backup}));
    for (const auto& copy : found) {
        if (!store.empty() && copy.store != store) continue;
        DS_TRY(chosen.store, catalog::stores.get(session, organization, copy.store));
        return chosen;
    }
    return fail(Code::not_found,
                fmt::format("no store holds a complete copy of {}", chosen.backup.name));
}

Result<OpenedCopy> open_copy(const Office& office, const ChosenCopy& chosen, const sys::Run& run) {
    OpenedCopy opened;
    opened.backup = chosen.backup;
    DS_TRY(opened.store, open_store(office, chosen.store, run));
    DS_TRY(opened.identities, identities_of(office, chosen.keys));
    DS_TRY(opened.stored,
           archive::read_stored(*opened.store, {chosen.backup.source_id, chosen.backup.id}));
    return opened;
}

Result<OpenedCopy> open_copy(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto chosen, office.catalog.read([&](catalog::Session& session) {
        return choose_copy(session, order.organization, order.order.backup, order.order.store);
    }));
    return open_copy(office, chosen, run);
}

}  // namespace ds::jobs
