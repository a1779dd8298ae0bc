#include "catalog/leases.hpp"

#include "base/text.hpp"

namespace ds::catalog {

Result<bool> take_lease(Catalog& catalog, const std::string& name, const std::string& holder,
                        Time now, std::chrono::seconds term) {
    return catalog.write([&](sql::Session& session) -> Result<bool> {
        DS_TRY([[maybe_unused]] const auto there,
               session.run("INSERT INTO leases (name, holder, until) VALUES (?, '', '') "
                           "ON CONFLICT (name) DO NOTHING",
                           {name}));
        DS_TRY([[maybe_unused]] const auto taken,
               session.run("UPDATE leases SET holder = ?, until = ? "
                           "WHERE name = ? AND (holder = ? OR until < ?)",
                           {holder, rfc3339(now + term), name, holder, rfc3339(now)}));
        return session.changed() == 1;
    });
}

Status give_lease(Catalog& catalog, const std::string& name, const std::string& holder) {
    return catalog.write([&](sql::Session& session) -> Status {
        DS_TRY([[maybe_unused]] const auto given,
               session.run("DELETE FROM leases WHERE name = ? AND holder = ?", {name, holder}));
        return {};
    });
}

}  // namespace ds::catalog
