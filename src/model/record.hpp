#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"

/// Rows of the catalog as plain structs. One description per resource: its columns, its JSON and
/// its OpenAPI schema all come from BOOST_DESCRIBE_STRUCT. Times are RFC 3339 in UTC with seconds,
/// "" where there is none; ids are ULIDs; sizes are bytes.
namespace ds::model {

/// What every row has.
struct Record {
    std::string id;
    std::string organization;  // the tenant it belongs to; every query names it
    std::string created;
    std::string changed;
    std::uint64_t version = 0;  // counts changes; the ETag
};
BOOST_DESCRIBE_STRUCT(Record, (), (id, organization, created, changed, version))

}  // namespace ds::model
