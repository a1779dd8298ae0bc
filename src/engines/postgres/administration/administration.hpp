#pragma once

#include <memory>

#include "base/secret.hpp"
#include "engines/administration.hpp"
#include "sys/run.hpp"

namespace ds::engines::postgres {

Result<std::unique_ptr<Administration>> administer(const Secret& url, const sys::Run& run);

}  // namespace ds::engines::postgres
