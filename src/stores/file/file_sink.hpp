#pragma once

#include "stores/file/tree.hpp"
#include "stores/store.hpp"
#include "sys/run.hpp"

namespace ds::stores::file {

/// Writes to a temporary name beside the place of `key`, locked so that a sweep knows its writer
/// lives.
Result<stream::SinkPtr> create_file(const Tree& tree, const std::string& key, bool only_if_absent,
                                    const sys::Run& run);

}  // namespace ds::stores::file
