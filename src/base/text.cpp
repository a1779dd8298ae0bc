#include "base/text.hpp"

#include <array>
#include <cctype>
#include <charconv>

#include <fmt/core.h>

namespace ds {

std::string human_bytes(std::uint64_t bytes) {
    constexpr std::array units{"kB", "MB", "GB", "TB", "PB", "EB"};
    if (bytes < 1000) return fmt::format("{} B", bytes);
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    for (; value >= 999.5 && unit + 1 < units.size(); ++unit) value /= 1000;
    return fmt::format(fmt::runtime(value < 9.995   ? "{:.2f} {}"
                                    : value < 99.95 ? "{:.1f} {}"
                                                    : "{:.0f} {}"),
                       value, units[unit]);
}

std::string human_duration(std::chrono::nanoseconds duration) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
    if (ms < 1000) return fmt::format("{} ms", ms);
    if (ms < 60'000) return fmt::format("{:.1f} s", static_cast<double>(ms) / 1000);
    const auto s = ms / 1000;
    if (s < 3600) return fmt::format("{} min {} s", s / 60, s % 60);
    return fmt::format("{} h {} min", s / 3600, s / 60 % 60);
}

std::string human_count(std::uint64_t count) {
    auto digits = std::to_string(count);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string rfc3339(std::chrono::system_clock::time_point when) {
    const auto seconds = std::chrono::system_clock::to_time_t(when);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

Result<std::chrono::system_clock::time_point> from_rfc3339(std::string_view text) {
    std::tm utc{};
    const std::string copy{text};
    const char* end = strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%S", &utc);
    const auto when = end != nullptr && std::string_view{end} == "Z" ? time_of(utc) : std::nullopt;
    if (when) return *when;
    return fail(Code::invalid,
                fmt::format("'{}' is not a time like 2026-08-13T14:32:07Z", printable(text, 40)));
}

std::optional<std::chrono::system_clock::time_point> time_of(std::tm utc) {
    using Clock = std::chrono::system_clock;
    const std::chrono::seconds since_1970{timegm(&utc)};
    const auto reach = std::chrono::floor<std::chrono::seconds>(Clock::duration::max());
    if (since_1970 > reach || since_1970.count() < 0) return {};
    return Clock::time_point{since_1970};
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> items;
    for (;;) {
        const auto at = text.find(separator);
        items.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return items;
        text.remove_prefix(at + 1);
    }
}

std::string join(const std::vector<std::string>& items, std::string_view separator) {
    std::string text;
    for (const auto& item : items) {
        if (&item != &items.front()) text += separator;
        text += item;
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (auto& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

Result<std::uint64_t> parse_unsigned(std::string_view text, std::string_view what) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return fail(Code::invalid,
                    fmt::format("{} must be a whole number, not '{}'", what, printable(text, 40)));
    }
    return value;
}

std::string printable(std::string_view text, std::size_t bytes_max) {
    std::string result{text.substr(0, bytes_max)};
    for (auto& c : result) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = c == '\n' || c == '\t' ? ' ' : '?';
    }
    if (text.size() > bytes_max) result += "…";
    return result;
}

// Unicode standard, table 3-7.
std::size_t utf8_sequence_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return byte(i) >= low && byte(i) <= high;
    };
    const auto first = byte(0);
    if (first < 0x80) return text.empty() ? 0 : 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool second = follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
        return second && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool second = follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
        return second && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

std::string shell_quoted(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + "'";
}

}  // namespace ds
