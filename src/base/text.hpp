#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace ds {

/// "1.3 GB" (decimal units, as storage is sold), "812 B".
std::string human_bytes(std::uint64_t bytes);
/// "6 min 20 s", "840 ms".
std::string human_duration(std::chrono::nanoseconds duration);
/// "12,345,678".
std::string human_count(std::uint64_t count);

/// RFC 3339 in UTC with seconds: "2026-08-13T14:32:07Z".
std::string rfc3339(std::chrono::system_clock::time_point when);
Result<std::chrono::system_clock::time_point> from_rfc3339(std::string_view text);

/// A broken-down time in UTC. Nothing before 1970 or after 2261: any two times that this
/// returns can be subtracted without overflow.
std::optional<std::chrono::system_clock::time_point> time_of(std::tm utc);

std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& items, std::string_view separator);
std::string_view trimmed(std::string_view text);
std::string lower(std::string_view text);

/// Whole text as a decimal number, or an error that names `what`.
Result<std::uint64_t> parse_unsigned(std::string_view text, std::string_view what);

/// Text from outside made safe for one line of a terminal or log: control characters become '?',
/// and it is cut after `bytes_max` bytes.
std::string printable(std::string_view text, std::size_t bytes_max = 400);

/// Length of the well-formed UTF-8 sequence that `text` begins with; 0 when there is none.
std::size_t utf8_sequence_bytes(std::string_view text);

/// `'it'\''s'`: one word for a POSIX shell.
std::string shell_quoted(std::string_view text);

}  // namespace ds
