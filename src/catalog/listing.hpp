#pragma once

#include <optional>

#include "catalog/sql/session.hpp"

namespace ds::catalog {

/// One condition on a column that the caller has checked to exist.
struct Condition {
    std::string column;
    /// = <> < <= > >=; "contains", without regard to case; "in": one of `values`; "labelled": a
    /// column of labels has `value`, written as JSON writes it.
    std::string comparison = "=";
    sql::Value value;
    sql::Values values = {};
};

/// Which rows, in what order. Pages follow each other by the last row's place, not by a count, so
/// that rows which come and go meanwhile move nothing.
struct Listing {
    std::vector<Condition> where;
    std::string search;  // in any of `search_columns`, upper or lower case
    std::vector<std::string> search_columns;
    std::string sort = "id";
    bool descending = false;
    std::string cursor;  // of the page before; "" = from the start
    unsigned limit = 50;
};

constexpr unsigned listing_limit_max = 500;

/// What stands behind "WHERE organization = ?", and its parameters.
struct ListingSql {
    std::string text;
    sql::Values parameters;
};

/// The queries of one page. Where no index answers all of a listing's conditions, a page looks at
/// no more than `reach` rows of its order: it may then be short, or empty, and still have a next.
struct PageSql {
    ListingSql page;
    std::optional<ListingSql> horizon;  // SELECT sort, id of the last row that is looked at
};
/// Code::invalid for a cursor that is not ours, or not of this sort, and for a sort that a large
/// table has no index for.
Result<PageSql> sql_of(std::string_view table, const Listing& listing, unsigned reach);
/// The page no further than the horizon.
ListingSql within(const PageSql& sql, const Listing& listing, const sql::Row& horizon);

constexpr unsigned listing_reach = 2'000;  // reading them takes some 20 ms in the worst order

/// By what a large table may be sorted; empty: by any column.
std::vector<std::string> sorts_of(std::string_view table);

/// Where the next page begins.
std::string cursor_behind(const Listing& listing, const sql::Value& sorted, const std::string& id);

template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next;
};

}  // namespace ds::catalog
