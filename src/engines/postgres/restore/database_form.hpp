#pragma once

#include <string>
#include <vector>

#include "engines/postgres/facts/facts.hpp"
#include "engines/postgres/restore/target_state.hpp"

namespace ds::engines::postgres {

/// A way to create a database.
struct DatabaseForm {
    std::string options;  // "ENCODING 'UTF8' LC_COLLATE …"
    std::string note;     // where it is not as in the backup
};

/// The ways to try, best first: as in the backup, then with the locale of the target that exists
/// already, and then, when `any_locale`, with ones that every server has.
std::vector<DatabaseForm> database_forms(const Facts& facts, const TargetState& target,
                                         bool any_locale);

}  // namespace ds::engines::postgres
