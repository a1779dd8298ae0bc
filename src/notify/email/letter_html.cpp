#include "notify/email/letter_html.hpp"

#include <fmt/core.h>

#include "notify/wording.hpp"

namespace ds::notify::email {
namespace {

// Styles stand at the elements, because mail programs drop style sheets.
constexpr std::string_view frame = R"(<!doctype html>
<html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:15px">
<div style="max-width:640px;border-left:4px solid {colour};padding:4px 0 4px 16px">
<h1 style="font-size:19px;margin:0 0 12px">{title}</h1>
{text}{fields}{link}<p style="color:#777;font-size:12px;margin:20px 0 0">{footer}</p>
</div></body></html>
)";
constexpr std::string_view text_frame =
    "<pre style=\"white-space:pre-wrap;word-break:break-word;font-size:13px;margin:0 0 12px\">"
    "{}</pre>\n";
constexpr std::string_view row_frame =
    "<tr><td style=\"padding:2px 16px 2px 0;color:#777;vertical-align:top\">{}</td>"
    "<td style=\"padding:2px 0;white-space:pre-wrap\">{}</td></tr>\n";

std::string_view colour_of(model::Severity severity) {
    switch (severity) {
        case model::Severity::info: return "#2e9e5b";
        case model::Severity::warning: return "#e8a317";
        case model::Severity::error: return "#d43c3c";
    }
    return "";
}

std::string rows(const model::Event& event) {
    std::string table;
    for (const auto& field : event.fields) {
        table += fmt::format(fmt::runtime(row_frame), escaped(field.name, html),
                             escaped(field.value, html));
    }
    if (table.empty()) return "";
    return "<table style=\"border-collapse:collapse;font-size:14px\">\n" + table + "</table>\n";
}

}  // namespace

std::string html_text(const model::Event& event) {
    const auto text = event.text.empty()
                          ? std::string{}
                          : fmt::format(fmt::runtime(text_frame), escaped(event.text, html));
    const auto link = event.url ? fmt::format("<p><a href=\"{}\">Open in DumpStation</a></p>\n",
                                              escaped(*event.url, html))
                                : std::string{};
    const auto footer =
        event.organization.empty() ? event.at : event.organization + " · " + event.at;
    return fmt::format(fmt::runtime(frame), fmt::arg("colour", colour_of(event.severity)),
                       fmt::arg("title", escaped(event.title, html)), fmt::arg("text", text),
                       fmt::arg("fields", rows(event)), fmt::arg("link", link),
                       fmt::arg("footer", escaped(footer, html)));
}

}  // namespace ds::notify::email
