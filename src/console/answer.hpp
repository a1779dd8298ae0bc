#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

namespace ds::console {

/// Whether a request is for the console: whatever is not below /api/ and not one of the addresses
/// where programs look whether the server lives.
bool is_for_console(const http::Request& request);

/// The file at that place; for a place that is none the page itself, whose router shows it.
http::Response answer(const http::Request& request);

}  // namespace ds::console
