#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

/// Who did what: every route that changes something, and every look at what is sensitive, is
/// entered in the audit here, by what the route's description says. No handler has to think of it.
namespace ds::api {

enum class Audited { no, change, look };

/// GET is not, but for looks at what is sensitive; everything else is, but for questions that need
/// a body, and for requests that only pass on to routes that are.
Audited audited(const Route& route);
/// For the description: "no", "change", "look".
std::string_view name_of(Audited audited);

/// The route's handler as an act of its caller, see catalog/act.hpp. `services` outlives it.
Handle with_audit(const Services& services, const Route& route);

/// A sign-in that did not succeed, of a user that there is: entered although the request fails.
void audit_refusal(const model::User& user, std::string_view why);

}  // namespace ds::api
