#pragma once

#include "http/wire/head.hpp"

namespace ds::http::wire {

/// Fills target, path, segments, query and, from an absolute target, host (RFC 9112, 3.2).
Refused parse_target(std::string_view target, RequestHead& head);

/// "name", "name:8080", "[::1]:8080"; not empty, no user.
bool is_authority(std::string_view text);

}  // namespace ds::http::wire
