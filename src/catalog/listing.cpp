#include "catalog/listing.hpp"

#include <algorithm>
#include <array>

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

/// Large tables are listed in the order of an index, or not at all. Each entry is an index on
/// (organization, filter, sort, id).
struct Order {
    std::string_view table, filter, sort;
};
constexpr std::array orders{
    Order{"backups", "", "id"},
    Order{"backups", "", "name"},
    Order{"backups", "", "taken"},
    Order{"backups", "", "stored_bytes"},
    Order{"backups", "database", "id"},
    Order{"backups", "database", "taken"},
    Order{"backups", "database", "stored_bytes"},
    Order{"backups", "plan", "id"},
    Order{"backups", "plan", "taken"},
    Order{"runs", "", "id"},
    Order{"runs", "database", "id"},
    Order{"runs", "plan", "id"},
    Order{"runs", "state", "id"},
    Order{"copies", "", "id"},
    Order{"copies", "store", "id"},
    Order{"deliveries", "", "id"},
    Order{"notifications", "", "id"},
    Order{"audit", "", "id"},
    Order{"audit", "user", "id"},
    Order{"audit", "object", "id"},
};
/// A filter that leaves so few rows that any order is cheap.
constexpr std::array pinpoints{
    Order{"backups", "id", ""},       Order{"backups", "name", ""},  Order{"runs", "id", ""},
    Order{"copies", "id", ""},        Order{"copies", "backup", ""}, Order{"deliveries", "id", ""},
    Order{"notifications", "id", ""}, Order{"audit", "id", ""},
};

bool is_large(std::string_view table) {
    return std::ranges::any_of(orders, [&](const Order& one) { return one.table == table; });
}

bool is_pinpoint(std::string_view table, const Condition& condition) {
    return condition.comparison == "=" && std::ranges::any_of(pinpoints, [&](const Order& one) {
               return one.table == table && one.filter == condition.column;
           });
}

bool has_order(std::string_view table, std::string_view filter, std::string_view sort) {
    return std::ranges::any_of(orders, [&](const Order& one) {
        return one.table == table && one.filter == filter && one.sort == sort;
    });
}

/// A listing's conditions: those that its index answers, and the rest.
struct Split {
    std::vector<Condition> indexed, rest;
};

Split split(std::string_view table, const Listing& listing) {
    Split parts;
    bool filtered = false;
    for (const auto& condition : listing.where) {
        const bool filters = !filtered && condition.comparison == "=" &&
                             has_order(table, condition.column, listing.sort);
        const bool bounds = condition.column == listing.sort && condition.comparison != "<>" &&
                            condition.comparison != "contains";
        filtered |= filters;
        (filters || bounds ? parts.indexed : parts.rest).push_back(condition);
    }
    return parts;
}

void add_search(ListingSql& sql, const Listing& listing) {
    if (listing.search.empty() || listing.search_columns.empty()) return;
    const auto wanted = "%" + escaped_like(lower(listing.search)) + "%";
    std::vector<std::string> either;
    for (const auto& column : listing.search_columns) {
        either.push_back(fmt::format("lower(\"{}\") LIKE ? ESCAPE '\\'", column));
        sql.parameters.emplace_back(wanted);
    }
    sql.text += " AND (" + join(either, " OR ") + ")";
}

std::string order_of(const Listing& listing) {
    const auto* direction = listing.descending ? "DESC" : "ASC";
    // SQLite does not see that an index has an order which names a column twice.
    if (listing.sort == "id") return fmt::format(" ORDER BY \"id\" {}", direction);
    return fmt::format(" ORDER BY \"{0}\" {1}, \"id\" {1}", listing.sort, direction);
}

}  // namespace

Result<PageSql> sql_of(std::string_view table, const Listing& listing, unsigned reach) {
    const bool pinpointed = std::ranges::any_of(
        listing.where, [&](const auto& condition) { return is_pinpoint(table, condition); });
    const bool large = is_large(table) && !pinpointed;
    if (large && !has_order(table, "", listing.sort)) {
        return fail(Code::invalid,
                    fmt::format("sort: {} are not sorted by {}", table, listing.sort),
                    fmt::format("They are sorted by {}.", join(sorts_of(table), ", ")));
    }
    const auto parts = split(table, listing);
    PageSql sql;
    for (const auto& condition : parts.indexed) add_condition(sql.page, condition);
    DS_DO(add_cursor(sql.page, listing));
    const bool searched = !listing.search.empty() && !listing.search_columns.empty();
    if (large && (searched || !parts.rest.empty())) {
        sql.horizon = sql.page;
        sql.horizon->text += order_of(listing) + fmt::format(" LIMIT 1 OFFSET {}", reach - 1);
    }
    for (const auto& condition : parts.rest) add_condition(sql.page, condition);
    add_search(sql.page, listing);
    return sql;
}

ListingSql within(const PageSql& sql, const Listing& listing, const sql::Row& horizon) {
    auto page = sql.page;
    if (!horizon.empty()) {
        page.text += fmt::format(" AND (\"{}\", \"id\") {} (?, ?)", listing.sort,
                                 listing.descending ? ">=" : "<=");
        page.parameters.insert(page.parameters.end(), horizon.begin(), horizon.end());
    }
    page.text += order_of(listing) + fmt::format(" LIMIT {}", listing.limit + 1);
    return page;
}

std::vector<std::string> sorts_of(std::string_view table) {
    std::vector<std::string> sorts;
    for (const auto& one : orders) {
        if (one.table == table && one.filter.empty()) sorts.emplace_back(one.sort);
    }
    return sorts;
}

std::string cursor_behind(const Listing& listing, const sql::Value& sorted, const std::string& id) {
    const Mark mark{listing.sort, std::holds_alternative<std::int64_t>(sorted),
                    sql::text_of(sorted), id};
    return to_hex(view_of(json::write(mark)));
}

}  // namespace ds::catalog
