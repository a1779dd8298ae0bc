#pragma once

#include <string_view>

#include "engines/engine.hpp"

namespace ds::engines {

/// The engine for a database URL ("postgres://…") or for a name as manifests keep it ("postgres").
/// Lives for the whole process.
Result<Engine*> engine_for_url(std::string_view url);
Result<Engine*> engine_by_name(std::string_view name);

}  // namespace ds::engines
