#pragma once

#include "catalog/columns.hpp"
#include "catalog/leases.hpp"

namespace ds::server {

/// Who may look around, as anybody may know.
constexpr const char* demo_user = "demo";
constexpr const char* demo_password = "look around";

/// Fills an empty catalog with two months of an organization that does not exist: its servers and
/// stores have names that no resolver knows (RFC 2606). The same each time, but for the clock.
Status seed_demo(catalog::Session& session, catalog::Time now);

}  // namespace ds::server
