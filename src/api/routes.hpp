#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

namespace ds::api {

/// Each adds the routes of its file. `services` outlives the router.
void add_resources(Router& router, const Services& services);
void add_plan_actions(Router& router, const Services& services);
void add_backup_actions(Router& router, const Services& services);
void add_run_actions(Router& router, const Services& services);
void add_connection_tests(Router& router, const Services& services);
void add_sign_in(Router& router, const Services& services);
void add_master_key(Router& router, const Services& services);
void add_overview(Router& router, const Services& services);
void add_watching(Router& router, const Services& services);
void add_live(Router& router, const Services& services);

}  // namespace ds::api
