#include "notify/wording.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "net/url.hpp"

namespace ds::notify {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "…";
constexpr std::size_t url_bytes_max = 2000;
// What no channel shows more of, so that a letter stays below a few megabytes.
constexpr std::size_t line_units_max = 1000;
constexpr std::size_t text_units_max = 100'000;
constexpr std::size_t field_units_max = 2000;
constexpr std::size_t fields_max = 100;

using Measure = std::size_t (*)(std::string_view);

std::size_t bytes_of(std::string_view text) { return text.size(); }

/// The first code point; a stray byte counts as one.
std::string_view first_point(std::string_view text) {
    return text.substr(0, std::max<std::size_t>(utf8_sequence_bytes(text), 1));
}

bool is_unwanted(std::string_view point) {
    const auto byte = static_cast<unsigned char>(point.front());
    return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
}

std::string shortened(std::string_view text, std::size_t max, Escape escape, Measure measure) {
    const auto mark = measure(ellipsis) <= max ? ellipsis : std::string_view{};
    const auto room = max - measure(mark);
    std::string written;
    std::size_t used = 0;
    std::size_t cut = 0;
    while (!text.empty()) {
        const auto point = first_point(text);
        const auto piece = escape(point);
        used += measure(piece);
        if (used > max) return written.substr(0, cut) + std::string{mark};
        written += piece;
        if (used <= room) cut = written.size();
        text.remove_prefix(point.size());
    }
    return written;
}

bool is_web_address(const std::string& text) {
    const auto url = net::Url::parse(text);
    return url && (url->scheme == "https" || url->scheme == "http") && !url->host.empty() &&
           text.size() <= url_bytes_max && text.find_first_of(" \"<>|\\^`{}") == text.npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string block(std::string_view text, std::size_t units_max) {
    return fitted(trimmed(clean(text)), units_max);
}

}  // namespace

std::string clean(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto point = first_point(text);
        if (utf8_sequence_bytes(point) == 0 || (point != "\r" && is_unwanted(point))) {
            result += replacement;
        } else if (point != "\r") {
            result += point;
        }
        text.remove_prefix(point.size());
    }
    return result;
}

std::string one_line(std::string_view text, std::size_t units_max) {
    auto line = clean(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\t', ' ');
    return fitted(trimmed(line), units_max);
}

model::Event cleaned(const model::Event& event) {
    auto result = event;
    for (auto* line : {&result.id, &result.kind, &result.organization, &result.subject,
                       &result.title, &result.at}) {
        *line = one_line(*line, line_units_max);
    }
    for (auto& label : result.labels) label = one_line(label, line_units_max);
    if (result.title.empty()) result.title = result.kind.empty() ? "DumpStation" : result.kind;
    result.text = block(event.text, text_units_max);
    if (result.fields.size() > fields_max) result.fields.resize(fields_max);
    for (auto& field : result.fields) {
        field.name = one_line(field.name, line_units_max);
        field.value = block(field.value, field_units_max);
    }
    if (result.url && !is_web_address(*result.url)) result.url.reset();
    return result;
}

std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 || byte >= 0xC0) units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::string as_is(std::string_view point) { return std::string{point}; }

std::string html(std::string_view point) {
    if (point == "&") return "&amp;";
    if (point == "<") return "&lt;";
    if (point == ">") return "&gt;";
    return point == "\"" ? "&quot;" : std::string{point};
}

std::string slack_text(std::string_view point) {
    return point == "\"" ? std::string{point} : html(point);
}

std::string discord_markdown(std::string_view point) {
    constexpr std::string_view special = "\\*_~`|[]<>#";
    const bool escape = special.find(point) != std::string_view::npos;
    return (escape ? "\\" : "") + std::string{point};
}

std::string fitted(std::string_view text, std::size_t units_max, Escape escape) {
    return shortened(text, units_max, escape, utf16_units);
}

std::string fitted_bytes(std::string_view text, std::size_t bytes_max) {
    return shortened(text, bytes_max, as_is, bytes_of);
}

std::string escaped(std::string_view text, Escape escape) {
    return shortened(text, std::string::npos, escape, bytes_of);
}

std::string_view mark_of(model::Severity severity) {
    switch (severity) {
        case model::Severity::info: return "🟢";
        case model::Severity::warning: return "🟠";
        case model::Severity::error: return "🔴";
    }
    return "";
}

std::string plain_text(const model::Event& event) {
    std::string text = event.title + "\n";
    if (!event.text.empty()) text += "\n" + event.text + "\n";
    if (!event.fields.empty()) text += "\n";
    for (const auto& field : event.fields) text += field.name + ": " + field.value + "\n";
    if (event.url) text += "\n" + *event.url + "\n";
    return text;
}

}  // namespace ds::notify
