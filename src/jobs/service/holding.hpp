#pragma once

#include <map>

#include "jobs/service/office.hpp"
#include "policy/retention.hpp"

namespace ds::jobs {

/// What of one database lies in one store, and how long it is to stay there.
struct Holding {
    model::Destination destination;
    model::Store store;
    std::vector<model::Copy> copies;  // complete or condemned
    std::map<std::string, model::Backup> backups;
};

/// Whether one could restore from it, as far as is known.
bool is_good(const model::Backup& backup, const model::Copy& copy);

/// The reason of a copy that a person condemned: no rule pardons it.
constexpr std::string_view by_hand = "removed by hand";

Result<Holding> read_holding(catalog::Session& session, const std::string& organization,
                             const std::string& database, const model::Destination& destination);

/// One for each copy, in their order.
Result<std::vector<policy::Candidate>> candidates_of(const Holding& holding);

}  // namespace ds::jobs
