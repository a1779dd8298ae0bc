#pragma once

#include "stores/s3/client.hpp"
#include "stores/store.hpp"

namespace ds::stores::s3 {

/// Writes an object: by one request when it fits into a part, else by a multipart upload with
/// `config.parallel` parts in flight. Holds at most parallel + 1 parts in memory. Destroyed before
/// finish() succeeded, it aborts the upload.
stream::SinkPtr upload_object(Client& client, const sys::Run& run, const std::string& key,
                              const PutOptions& options);

}  // namespace ds::stores::s3
