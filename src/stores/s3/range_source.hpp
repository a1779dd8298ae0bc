#pragma once

#include "stores/s3/client.hpp"
#include "stores/store.hpp"

namespace ds::stores::s3 {

/// Reads an object by ranged requests, each tried again by itself, with two pieces of 8 MiB read
/// ahead. The first piece is fetched here, so a missing object is Code::not_found at once; every
/// later piece must be of the same version, else Code::conflict.
Result<stream::SourcePtr> open_object(Client& client, const sys::Run& run, const std::string& key,
                                      Range range);

}  // namespace ds::stores::s3
