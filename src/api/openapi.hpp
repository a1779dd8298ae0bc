#pragma once

#include "api/route.hpp"

namespace ds::api {

/// The OpenAPI 3.1 document of these routes (spec.openapis.org/oas/v3.1.0).
json::Value openapi_document(const std::vector<Route>& routes);

/// A page for people that reads the document, with its script and style.
std::string_view documentation_page();
std::string_view documentation_script();
std::string_view documentation_style();

}  // namespace ds::api
