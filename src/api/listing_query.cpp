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
constexpr std::array comparisons{Comparison{"not", "<>"}, Comparison{"lt", "<"},
                                 Comparison{"lte", "<="}, Comparison{"gt", ">"},
                                 Comparison{"gte", ">="}, Comparison{"contains", "contains"}};

Error no_such_option(std::string_view name) {
    return fail(Code::invalid,
                fmt::format("{}: there is no such option of this list", printable(name, 60)),
                "Options: limit, cursor, sort, q, and the fields, with .not .lt .lte .gt .gte or "
                ".contains behind them.");
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

Result<sql::Value> value_of(const Columns& columns, std::string_view name,
                            const std::string& text) {
    if (contains(columns.texts, name)) return sql::Value{text};
    if (text == "true" || text == "false") return sql::Value{std::int64_t{text == "true"}};
    DS_TRY(const auto number, parse_unsigned(text, std::string{name}));
    return sql::Value{static_cast<std::int64_t>(number)};
}

Result<catalog::Condition> read_condition(const http::Field& option, const Columns& columns) {
    const auto dot = option.first.find('.');
    const auto name = option.first.substr(0, dot);
    if (!columns.has(name)) return no_such_option(option.first);
    catalog::Condition condition{name, "=", {}};
    if (dot != std::string::npos) {
        const auto suffix = option.first.substr(dot + 1);
        const auto* found = std::find_if(comparisons.begin(), comparisons.end(),
                                         [&](const auto& one) { return one.suffix == suffix; });
        if (found == comparisons.end()) return no_such_option(option.first);
        condition.comparison = found->sql;
    }
    DS_TRY(condition.value, value_of(columns, name, option.second));
    return condition;
}

Status read_sort(catalog::Listing& listing, std::string_view text, const Columns& columns) {
    listing.descending = text.starts_with('-');
    if (listing.descending) text.remove_prefix(1);
    if (!columns.has(text)) {
        return fail(Code::invalid,
                    fmt::format("sort: there is no field {} to sort by", printable(text, 60)));
    }
    listing.sort = text;
    return {};
}

}  // namespace

bool Columns::has(std::string_view name) const {
    return contains(texts, name) || contains(numbers, name);
}

Result<catalog::Listing> read_listing(const http::Request& request, const Columns& columns,
                                      const std::vector<std::string>& search_columns) {
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
        } else if (name == "q") {
            listing.search = value;
        } else {
            DS_TRY(auto condition, read_condition(option, columns));
            listing.where.push_back(std::move(condition));
        }
    }
    return listing;
}

}  // namespace ds::api
