#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/event.hpp"

/// Making any text fit: all of these work on whole code points.
namespace ds::notify {

/// Well-formed UTF-8 for people: what is not, and control characters other than line feed and tab,
/// becomes U+FFFD; a carriage return goes.
std::string clean(std::string_view text);
/// Clean text in one line of at most that many UTF-16 units.
std::string one_line(std::string_view text, std::size_t units_max);
/// All texts of the event cleaned and of a size that a letter can have, its title in one line and
/// not empty; no `url` that is not a web address.
model::Event cleaned(const model::Event& event);

/// Vendors count in code points or in UTF-16 units; the latter are never fewer, so they serve for
/// both.
std::size_t utf16_units(std::string_view text);

/// How one code point is written.
using Escape = std::string (*)(std::string_view point);
std::string as_is(std::string_view point);
std::string html(std::string_view point);  // also safe between double quotes
std::string slack_text(std::string_view point);
std::string discord_markdown(std::string_view point);

/// Clean text written through `escape`, whole; or its beginning with "…" so that what is written
/// has at most `units_max` UTF-16 units.
std::string fitted(std::string_view text, std::size_t units_max, Escape escape = as_is);
/// The same for a limit in bytes.
std::string fitted_bytes(std::string_view text, std::size_t bytes_max);
std::string escaped(std::string_view text, Escape escape);

/// A coloured dot for channels that know no colours.
std::string_view mark_of(model::Severity severity);
/// The event as plain text for people to read: title, text, fields, link.
std::string plain_text(const model::Event& event);

}  // namespace ds::notify
