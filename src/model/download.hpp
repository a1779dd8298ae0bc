#pragma once

#include "model/one_time_code.hpp"

namespace ds::model {

/// Leave to fetch one part of one backup.
struct DownloadCode : OneTimeCode {
    std::string backup;
    std::string store;
    std::string part;
    std::string object;  // its key in the store
    std::uint64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(DownloadCode, (OneTimeCode), (backup, store, part, object, bytes))

}  // namespace ds::model
