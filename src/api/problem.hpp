#pragma once

#include "base/error.hpp"
#include "http/response.hpp"

namespace ds::api {

/// The one table from our codes to HTTP.
int status_of(Code code);

/// An error as RFC 9457 says: type, title, status, detail; and ours: code, hint, field. Messages
/// about one field begin with its path: "destinations[0].store: there is no such store".
http::Response problem(const Error& error);
http::Response problem(int status, const Error& error);

}  // namespace ds::api
