#pragma once

#include <string>
#include <vector>

#include "archive/layout.hpp"
#include "archive/manifest.hpp"

namespace ds::archive {

/// RESTORE.txt: how to get the data back with age, zstd and the engine's own tools, and none of our
/// software. `manifest` has every part but this text itself.
std::string restore_instructions(const Place& place, const Manifest& manifest,
                                 const std::vector<model::RestoreStep>& steps);

}  // namespace ds::archive
