#pragma once

#include <span>
#include <string_view>

#include "catalog/sql/session.hpp"

namespace ds::catalog {

/// One step of the schema: never changed once released; a change is a new step.
struct Migration {
    int version;
    std::string_view what;
    std::string_view sql;  // understood by SQLite and PostgreSQL alike
};
std::span<const Migration> migrations();

/// The version a catalog has; 0 = new and empty.
Result<int> schema_version(sql::Session& session);

/// Applies what is missing, each step in a transaction of its own with the note of its version.
/// A catalog newer than this program is Code::unsupported.
Status migrate(sql::Session& session, std::span<const Migration> steps = migrations());

}  // namespace ds::catalog
