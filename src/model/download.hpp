#pragma once

#include "model/record.hpp"

namespace ds::model {

/// Leave to fetch one part of one backup, once, for whoever asked for it.
struct DownloadCode : Record {
    std::string backup;
    std::string user;
    std::string token;  // of a program without a user
    std::string store;
    std::string part;
    std::string object;  // its key in the store
    std::uint64_t bytes = 0;
    std::string hash;  // SHA-256 of the code, hex; the code itself is not kept
    std::string expires;
};
BOOST_DESCRIBE_STRUCT(DownloadCode, (Record),
                      (backup, user, token, store, part, object, bytes, hash, expires))

}  // namespace ds::model
