#include "cli/rows.hpp"

#include <fmt/format.h>

#include "base/csv.hpp"

namespace ds::cli {
namespace {

std::string csv_of_value(const json::Value& value) {
    if (value.is_null()) return {};
    // Names and notes are what others wrote.
    if (value.is_string()) return csv_harmless_cell(std::string{value.get_string()});
    return csv_cell(json::to_text(value));
}

void tell_lines(const json::bj::array& rows, RowsFormat format) {
    for (const auto& row : rows) {
        const auto line = format == RowsFormat::id ? text_in(row, "id") : json::to_text(row);
        fmt::print("{}\n", line);
    }
}

}  // namespace

std::string csv_of(const json::bj::array& rows) {
    std::string text;
    std::vector<std::string> names;
    if (!rows.empty() && rows[0].is_object()) {
        for (const auto& [name, _] : rows[0].get_object()) names.emplace_back(name);
    }
    std::vector<std::string> cells;
    for (const auto& name : names) cells.push_back(csv_cell(name));
    if (!names.empty()) text += csv_line(cells);
    for (const auto& row : rows) {
        cells.clear();
        for (const auto& name : names) {
            const auto* object = row.if_object();
            const auto* value = object == nullptr ? nullptr : object->if_contains(name);
            cells.push_back(value == nullptr ? "" : csv_of_value(*value));
        }
        text += csv_line(cells);
    }
    return text;
}

void tell_rows(const Console& console, RowsFormat format, std::string_view name, const Rows& rows,
               const Table& table) {
    console.result(json::bj::object{{name, rows.items}, {"more", rows.more}});
    if (rows.more) console.note("there are more; --limit shows them");
    if (console.json()) return;
    switch (format) {
        case RowsFormat::table:
            if (rows.items.empty()) return console.line(fmt::format("no {}", name));
            return console.table(table.rows, table.right_aligned);
        case RowsFormat::csv: fmt::print("{}", csv_of(rows.items)); return;
        case RowsFormat::id:
        case RowsFormat::jsonl: return tell_lines(rows.items, format);
    }
}

}  // namespace ds::cli
