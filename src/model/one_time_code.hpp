#pragma once

#include "model/record.hpp"

namespace ds::model {

/// Leave to do one thing, once and soon, for whoever asked for it. Rows of such codes say besides
/// what the thing is.
struct OneTimeCode : Record {
    std::string user;
    std::string token;  // of a program without a user
    std::string hash;   // SHA-256 of the code, hex; the code itself is not kept
    std::string expires;
};
BOOST_DESCRIBE_STRUCT(OneTimeCode, (Record), (user, token, hash, expires))

}  // namespace ds::model
