#pragma once

#include "sys/testing/pg_server.hpp"

namespace ds::engines::testing {

using namespace sys::testing;

}  // namespace ds::engines::testing
