#include "api/listing_query.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace ds::api {
namespace {

struct Comparison {
    std::string_view suffix;
    std::string_view sql;
};
constexpr std::array comparisons{Comparison{"not", "<>"},           Comparison{"lt", "<"},
                                 Comparison{"lte", "<="},           Comparison{"gt", ">"},
                                 Comparison{"gte", ">="},           Comparison{"in", "in"},
                                 Comparison{"contains", "contains"}};
constexpr std::string_view suffixes = ".not .lt .lte .gt .gte .in or .contains";
constexpr std::size_t values_max = 100;  // of .in

Error no_such_option(std::string_view name, const Columns& columns) {
    return fail(
        Code::invalid, fmt::format("{}: there is no such option of this list", printable(name, 60)),
        fmt::format("Options: limit, cursor, sort, q{}; and {}, with {} behind them.",
                    columns.labelled ? ", label" : "", join(columns.all(), ", "), suffixes));
}

Status check_word(const Columns& columns, const std::string& name, const std::string& text) {
    const auto words = columns.words.find(name);
    if (words == columns.words.end() || has(words->second, text)) return {};
    return fail(Code::invalid, fmt::format("{}: not one of the known words", name),
                "Words: " + join(words->second, ", ") + ".");
}

Result<sql::Value> value_of(const Columns& columns, const std::string& name,
                            const std::string& text) {
    if (has(columns.texts, name)) return sql::Value{text};
    if (text == "true" || text == "false") return sql::Value{std::int64_t{text == "true"}};
    DS_TRY(const auto number, parse_unsigned(text, name));
    return sql::Value{static_cast<std::int64_t>(number)};
}

Status read_values(catalog::Condition& condition, const Columns& columns, const std::string& text) {
    const auto texts = split(text, ',');
    if (texts.size() > values_max)
        return fail(Code::invalid,
                    fmt::format("{}: more than {} values", condition.column, values_max));
    for (const auto& one : texts) {
        DS_DO(check_word(columns, condition.column, one));
        DS_TRY(auto value, value_of(columns, condition.column, one));
        condition.values.push_back(std::move(value));
    }
    return {};
}

Result<catalog::Condition> read_condition(const http::Field& option, const Columns& columns) {
    const auto dot = option.first.find('.');
    const auto name = option.first.substr(0, dot);
    if (!columns.has(name)) return no_such_option(option.first, columns);
    catalog::Condition condition{name, "=", {}};
    if (dot != std::string::npos) {
        const auto suffix = option.first.substr(dot + 1);
        const auto* found = std::find_if(comparisons.begin(), comparisons.end(),
                                         [&](const auto& one) { return one.suffix == suffix; });
        if (found == comparisons.end()) return no_such_option(option.first, columns);
        condition.comparison = found->sql;
    }
    if (condition.comparison == "in") {
        DS_DO(read_values(condition, columns, option.second));
        return condition;
    }
    if (condition.comparison == "=") DS_DO(check_word(columns, name, option.second));
    DS_TRY(condition.value, value_of(columns, name, option.second));
    return condition;
}

/// "env:prod" → `"env":"prod"`, "env" → `"env":`, as they stand in the column. A quote within a
/// text has a backslash before it there, so nothing else looks like this.
catalog::Condition read_label(const std::string& text) {
    const auto colon = text.find(':');
    auto wanted = json::write(text.substr(0, colon)) + ":";
    if (colon != std::string::npos) wanted += json::write(text.substr(colon + 1));
    return {"labels", "labelled", std::move(wanted)};
}

Status read_sort(catalog::Listing& listing, std::string_view text, const Columns& columns) {
    listing.descending = text.starts_with('-');
    if (listing.descending) text.remove_prefix(1);
    if (!columns.has(text)) {
        return fail(Code::invalid,
                    fmt::format("sort: there is no field {} to sort by", printable(text, 60)),
                    "Fields: " + join(columns.all(), ", ") + ".");
    }
    listing.sort = text;
    return {};
}

}  // namespace

bool Columns::has(std::string_view name) const {
    return api::has(texts, name) || api::has(numbers, name);
}

Names Columns::all() const {
    auto names = texts;
    names.insert(names.end(), numbers.begin(), numbers.end());
    return names;
}

Result<catalog::Listing> read_listing(const http::Request& request, const Columns& columns,
                                      const Names& search_columns) {
    catalog::Listing listing;
    listing.search_columns = search_columns;
    for (const auto& option : request.query) {
        const auto& [name, value] = option;
        if (name == "limit") {
            DS_TRY(const auto limit, parse_unsigned(value, "limit"));
            if (limit == 0 || limit > catalog::listing_limit_max)
                return fail(Code::invalid, "limit: from 1 to 500");
            listing.limit = static_cast<unsigned>(limit);
        } else if (name == "cursor") {
            listing.cursor = value;
        } else if (name == "sort") {
            DS_DO(read_sort(listing, value, columns));
        } else if (name == "q" && !search_columns.empty()) {
            listing.search = value;
        } else if (name == "label" && columns.labelled) {
            listing.where.push_back(read_label(value));
        } else {
            DS_TRY(auto condition, read_condition(option, columns));
            listing.where.push_back(std::move(condition));
        }
    }
    return listing;
}

std::vector<Option> options_of(const Columns& columns, bool searched) {
    std::vector<Option> options{{"limit", "From 1 to 500; 50 unless given"},
                                {"cursor", "`next` of the page before"},
                                {"sort", "A field; with a minus before it from high to low",
                                 columns.sorts.empty() ? columns.all() : columns.sorts}};
    for (auto& field : Names{options.back().words}) options.back().words.push_back("-" + field);
    if (searched) options.push_back({"q", "Words to search for"});
    if (columns.labelled)
        options.push_back(
            {"label", "`env:prod`, or `env` with any value; may be given repeatedly"});
    for (const auto& name : columns.all()) {
        const auto words = columns.words.find(name);
        options.push_back({name, fmt::format("Only these; also with {} behind the name", suffixes),
                           words == columns.words.end() ? Names{} : words->second});
    }
    return options;
}

}  // namespace ds::api
