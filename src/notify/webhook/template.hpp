#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/event.hpp"

namespace ds::notify::webhook {

/// What stands in a body is escaped for its content type.
enum class Form { json, url_encoded, plain };
Form form_of(std::string_view content_type);

/// Replaces `{{title}}` and the like: id, kind, severity, title, text, organization, subject, url,
/// at, labels; `{{field.NAME}}` is a field's value; in JSON `{{event}}` and `{{fields}}` are whole
/// values. One pass: what an event brings is never read as a placeholder. Code::invalid for an
/// unknown placeholder, and for JSON when the outcome is not JSON.
Result<std::string> filled_in(std::string_view pattern, Form form, const model::Event& event);

/// Tries the pattern with an event that has everything awkward in it.
Status check_template(std::string_view pattern, Form form);

}  // namespace ds::notify::webhook
