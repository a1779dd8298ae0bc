#include "notify/template.hpp"

#include <array>
#include <optional>

#include <fmt/core.h>

#include "base/text.hpp"
#include "net/url.hpp"
#include "notify/wording.hpp"

namespace ds::notify {
namespace {

constexpr std::string_view field_prefix = "field.";
constexpr std::size_t word_units_max = 64;  // of an id, a kind or a time

std::string in_form(const std::string& text, Form form) {
    if (form == Form::plain) return text;
    if (form == Form::html) return escaped(text, html);
    if (form == Form::url_encoded) return net::percent_encoded(text);
    const auto quoted = json::write(text);
    return quoted.substr(1, quoted.size() - 2);
}

std::string severity_word(model::Severity severity) {
    return boost::describe::enum_to_string(severity, "?");
}

std::string field_value(const model::Event& event, std::string_view name) {
    for (const auto& field : event.fields) {
        if (field.name == name) return field.value;
    }
    return {};  // events of other kinds have other fields
}

std::optional<std::string> text_named(std::string_view name, const model::Event& event) {
    if (name == "id") return event.id;
    if (name == "kind") return event.kind;
    if (name == "severity") return severity_word(event.severity);
    if (name == "title") return event.title;
    if (name == "text") return event.text;
    if (name == "organization") return event.organization;
    if (name == "subject") return event.subject;
    if (name == "url") return event.url.value_or("");
    if (name == "at") return event.at;
    if (name == "labels") return join(event.labels, ", ");
    if (name.starts_with(field_prefix)) {
        return field_value(event, name.substr(field_prefix.size()));
    }
    return {};
}

Result<std::string> written(std::string_view name, Form form, const model::Event& event) {
    if (form == Form::json && name == "event") return json::write(event);
    if (form == Form::json && name == "fields") return json::write(event.fields);
    if (const auto text = text_named(name, event)) return in_form(*text, form);
    return fail(Code::invalid,
                fmt::format("has an unknown placeholder {{{{{}}}}}", printable(name, 40)));
}

/// Stops soon after `bytes_max`: the caller sees that it was not enough.
Result<std::string> filled_once(std::string_view pattern, Form form, const model::Event& event,
                                std::size_t bytes_max) {
    std::string body;
    for (std::size_t count = 0; body.size() <= bytes_max; ++count) {
        const auto open = pattern.find("{{");
        body += pattern.substr(0, open);
        if (open == pattern.npos) break;
        if (count == placeholders_max) {
            return fail(Code::invalid,
                        fmt::format("has more than {} placeholders", placeholders_max));
        }
        const auto close = pattern.find("}}", open);
        if (close == pattern.npos) return fail(Code::invalid, "has a {{ without its }}");
        DS_TRY(const auto text,
               written(trimmed(pattern.substr(open + 2, close - open - 2)), form, event));
        body += text;
        pattern.remove_prefix(close + 2);
    }
    return body;
}

/// The same event with texts of at most so many UTF-16 units.
model::Event shortened(model::Event event, std::size_t units_max) {
    for (auto* word : {&event.id, &event.kind, &event.at}) *word = fitted(*word, word_units_max);
    for (auto* text : {&event.title, &event.text, &event.organization, &event.subject})
        *text = fitted(*text, units_max);
    const auto items_max = units_max / 10;
    if (event.labels.size() > items_max) event.labels.resize(items_max);
    for (auto& label : event.labels) label = fitted(label, units_max);
    if (event.fields.size() > items_max) event.fields.resize(items_max);
    for (auto& field : event.fields)
        field = {fitted(field.name, units_max), fitted(field.value, units_max)};
    if (event.url && event.url->size() > units_max) event.url.reset();
    return event;
}

model::Event awkward_event() {
    model::Event event;
    event.id = event.kind = event.at = "1";
    event.title = event.text = event.organization = event.subject = "a\"b\\c\n{{title}}";
    event.labels = {"\"", "\\"};
    event.fields = {{"a\"b", "c\\d"}};
    event.url = "https://example.org/\"";
    return event;
}

}  // namespace

Form form_of(std::string_view content_type) {
    const auto type = lower(trimmed(content_type.substr(0, content_type.find(';'))));
    if (type.ends_with("/json") || type.ends_with("+json")) return Form::json;
    if (type == "text/html") return Form::html;
    return type == "application/x-www-form-urlencoded" ? Form::url_encoded : Form::plain;
}

Result<std::string> filled_in(std::string_view pattern, Form form, const model::Event& event,
                              std::size_t bytes_max) {
    constexpr std::array<std::size_t, 4> shorter{10'000, 1000, 100, 10};
    DS_TRY(auto body, filled_once(pattern, form, event, bytes_max));
    for (const auto units_max : shorter) {
        if (body.size() <= bytes_max) break;
        DS_TRY(body, filled_once(pattern, form, shortened(event, units_max), bytes_max));
    }
    if (form == Form::json && !json::parse(body)) {
        return fail(Code::invalid, "does not become JSON; placeholders for texts stand in quotes");
    }
    return body;
}

Status check_template(std::string_view pattern, Form form) {
    if (pattern.empty()) return {};
    DS_TRY(const auto body, filled_in(pattern, form, awkward_event()));
    return {};
}

}  // namespace ds::notify
