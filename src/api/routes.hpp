#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

namespace ds::api {

/// Each adds the routes of its file. `services` outlives the router.
void add_resources(Router& router, const Services& services);
void add_plan_actions(Router& router, const Services& services);
void add_backup_actions(Router& router, const Services& services);
void add_restore_actions(Router& router, const Services& services);
void add_run_actions(Router& router, const Services& services);
void add_connection_tests(Router& router, const Services& services);
void add_sign_in(Router& router, const Services& services);
void add_second_factor(Router& router, const Services& services);
void add_members(Router& router, const Services& services);
void add_invitations(Router& router, const Services& services);
void add_profile(Router& router, const Services& services);
void add_pictures(Router& router, const Services& services);
void add_tokens(Router& router, const Services& services);
void add_sessions(Router& router, const Services& services);
void add_notifications(Router& router, const Services& services);
void add_key_pairs(Router& router, const Services& services);
void add_master_key(Router& router, const Services& services);
void add_overview(Router& router, const Services& services);
void add_watching(Router& router, const Services& services);
void add_live(Router& router, const Services& services);
void add_settings(Router& router, const Services& services);
void add_downloads(Router& router, const Services& services);
void add_audit(Router& router, const Services& services);
void add_history(Router& router, const Services& services);
/// After those whose routes it does many times.
void add_bulk(Router& router);

/// A new plan's body with the organization's defaults where it says nothing.
Result<json::bj::object> with_plan_defaults(catalog::Session& session, const Services& services,
                                            const Caller& caller, json::bj::object body);

}  // namespace ds::api
