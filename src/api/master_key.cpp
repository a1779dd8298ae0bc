#include "api/routes.hpp"
#include "catalog/rotation.hpp"

namespace ds::api {

void add_master_key(Router& router, const Services& services) {
    router.add({"POST",
                "/api/v1/settings/rotate-master-key",
                Scope::administer,
                "settings",
                "Change the key that seals every secret in the catalog, while everything goes on",
                {},
                shape<catalog::Rotation>(),
                200,
                false,
                [&services](const Call&) -> Result<Reply> {
                    const auto& office = services.office;
                    DS_TRY(const auto rotated, catalog::rotate_master_key(
                                                   office.catalog, office.vault, services.now()));
                    return Reply{200, json::to_value(rotated), {}, {}};
                }});
}

}  // namespace ds::api
