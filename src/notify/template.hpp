#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/event.hpp"

/// Texts that people write with places for what an event says. Nothing in them is executed.
namespace ds::notify {

/// What stands in a text is escaped for what the text is.
enum class Form { json, url_encoded, html, plain };
Form form_of(std::string_view content_type);

constexpr std::size_t placeholders_max = 100;  // of one pattern

/// Replaces `{{title}}` and the like: id, kind, severity, title, text, organization, subject, url,
/// at, labels; `{{field.NAME}}` is a field's value; in JSON `{{event}}` and `{{fields}}` are whole
/// values. One pass: what an event brings is never read as a placeholder. What would be longer than
/// `bytes_max` is filled in again with shorter texts. `event` is cleaned. Code::invalid for an
/// unknown placeholder, for too many of them, and for JSON when the outcome is not JSON.
Result<std::string> filled_in(std::string_view pattern, Form form, const model::Event& event,
                              std::size_t bytes_max = 1 << 20);

/// Tries the pattern with an event that has everything awkward in it. "" is always right.
Status check_template(std::string_view pattern, Form form);

}  // namespace ds::notify
