#include "catalog/leases.hpp"

#include "base/text.hpp"

namespace ds::catalog {
namespace {

/// Ours for most of its term yet: then nothing is written, so that an idle server leaves its disk
/// alone.
Result<bool> is_fresh(Catalog& catalog, const std::string& name, const std::string& holder,
                      Time now, std::chrono::seconds term) {
    return catalog.read([&](sql::Session& session) -> Result<bool> {
        DS_TRY(const auto rows,
               session.run("SELECT 1 FROM leases WHERE name = ? AND holder = ? AND until > ?",
                           {name, holder, rfc3339(now + term * 2 / 3)}));
        return !rows.empty();
    });
}

}  // namespace

Result<bool> take_lease(Catalog& catalog, const std::string& name, const std::string& holder,
                        Time now, std::chrono::seconds term) {
    DS_TRY(const bool fresh, is_fresh(catalog, name, holder, now, term));
    if (fresh) return true;
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
