#pragma once

#include "api/services.hpp"
#include "http/request.hpp"

namespace ds::api {

/// Remembers from where a user signed in, in the transaction that lets them in. The organization is
/// told of a place that is new, but not of a user's very first.
Status note_place(const Services& services, catalog::Session& session, const model::User& user,
                  const http::Request& request);

/// "203.0.113.0/24", "2001:db8::/64": what stays the same when an address changes now and then.
std::string network_of(const std::string& address);
/// "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0" without its numbers: an update is no new place.
std::string agent_of(std::string_view user_agent);

}  // namespace ds::api
