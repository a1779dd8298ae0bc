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

/// Reasons of condemned copies that no rule pardons: a person wanted it, or two servers made a
/// backup of the same moment.
constexpr std::string_view by_hand = "removed by hand";
constexpr std::string_view made_twice = "made twice: another attempt stored it too";
/// Whether it goes whatever the rules say; they count as if it were gone.
bool is_leaving(const model::Copy& copy);

Result<Holding> read_holding(catalog::Session& session, const std::string& organization,
                             const std::string& database, const model::Destination& destination);

/// One for each copy, in their order.
Result<std::vector<policy::Candidate>> candidates_of(const Holding& holding);

}  // namespace ds::jobs
