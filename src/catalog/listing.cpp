#include "catalog/listing.hpp"

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace ds::catalog {
namespace {

/// Where a page ended.
struct Mark {
    std::string sort;
    bool number = false;
    std::string value;
    std::string id;
};
BOOST_DESCRIBE_STRUCT(Mark, (), (sort, number, value, id))

// Hex, because it needs no escaping in a URL.
constexpr std::size_t cursor_bytes_max = 2000;

/// LIKE has two wildcards; what the user typed has none.
std::string escaped_like(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

void add_condition(ListingSql& sql, const Condition& condition) {
    if (condition.comparison == "contains") {
        sql.text += fmt::format(" AND lower(\"{}\") LIKE ? ESCAPE '\\'", condition.column);
        sql.parameters.emplace_back("%" + escaped_like(lower(sql::text_of(condition.value))) + "%");
    } else if (condition.comparison == "in") {
        const std::vector<std::string> marks(condition.values.size(), "?");
        sql.text += fmt::format(" AND \"{}\" IN ({})", condition.column, join(marks, ", "));
        sql.parameters.insert(sql.parameters.end(), condition.values.begin(),
                              condition.values.end());
    } else if (condition.comparison == "labelled") {
        // The one function of both dialects that finds a text with its case.
        sql.text += fmt::format(" AND replace(\"{0}\", ?, '') <> \"{0}\"", condition.column);
        sql.parameters.push_back(condition.value);
    } else {
        sql.text += fmt::format(" AND \"{}\" {} ?", condition.column, condition.comparison);
        sql.parameters.push_back(condition.value);
    }
}

Status add_cursor(ListingSql& sql, const Listing& listing) {
    const auto refuse = [] {
        return fail(Code::invalid, "the cursor is not one of this list",
                    "Take it from the field `next` of the page before, with the same sort.");
    };
    if (listing.cursor.empty()) return {};
    const auto bytes = listing.cursor.size() <= cursor_bytes_max ? from_hex(listing.cursor)
                                                                 : Result<Bytes>{refuse()};
    if (!bytes) return refuse();
    const auto mark = json::read<Mark>(text_of(*bytes));
    if (!mark || mark->sort != listing.sort) return refuse();
    sql.text += fmt::format(" AND (\"{}\", \"id\") {} (?, ?)", listing.sort,
                            listing.descending ? "<" : ">");
    sql.parameters.push_back(mark->number ? sql::Value{sql::number_of(sql::Value{mark->value})}
                                          : sql::Value{mark->value});
    sql.parameters.emplace_back(mark->id);
    return {};
}

}  // namespace

Result<ListingSql> sql_of(const Listing& listing) {
    ListingSql sql;
    for (const auto& condition : listing.where) add_condition(sql, condition);
    if (!listing.search.empty() && !listing.search_columns.empty()) {
        const auto wanted = "%" + escaped_like(lower(listing.search)) + "%";
        std::vector<std::string> either;
        for (const auto& column : listing.search_columns) {
            either.push_back(fmt::format("lower(\"{}\") LIKE ? ESCAPE '\\'", column));
            sql.parameters.emplace_back(wanted);
        }
        sql.text += " AND (" + join(either, " OR ") + ")";
    }
    DS_DO(add_cursor(sql, listing));
    const auto* direction = listing.descending ? "DESC" : "ASC";
    sql.text += fmt::format(" ORDER BY \"{0}\" {1}, \"id\" {1} LIMIT {2}", listing.sort, direction,
                            listing.limit + 1);
    return sql;
}

std::string cursor_behind(const Listing& listing, const sql::Value& sorted, const std::string& id) {
    const Mark mark{listing.sort, std::holds_alternative<std::int64_t>(sorted),
                    sql::text_of(sorted), id};
    return to_hex(view_of(json::write(mark)));
}

}  // namespace ds::catalog
