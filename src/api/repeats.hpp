#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

namespace ds::api {

/// Answers a request with an Idempotency-Key: does it the first time, and gives the same answer to
/// its repetitions for a day. The same key with another request is Code::invalid; while the first
/// one is still at work, Code::conflict.
Result<Reply> answer_once(const Services& services, const Route& route, const Call& call,
                          const std::string& key);

}  // namespace ds::api
