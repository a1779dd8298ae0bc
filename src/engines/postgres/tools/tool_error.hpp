#pragma once

#include <string_view>

#include "base/error.hpp"
#include "sys/process.hpp"

namespace ds::engines::postgres {

/// Why pg_dump, pg_restore or pg_dumpall failed, from how it ended and what it wrote to stderr.
/// Names the table where the tool does.
Error tool_error(std::string_view program, const sys::Exit& exit, std::string_view errors);

}  // namespace ds::engines::postgres
