#pragma once

#include <memory>

#include "base/secret.hpp"
#include "catalog/sql/session.hpp"

namespace ds::catalog::sql {

/// Connects to the PostgreSQL database that holds the catalog.
Result<std::unique_ptr<Session>> open_postgres(const Secret& url);

}  // namespace ds::catalog::sql
