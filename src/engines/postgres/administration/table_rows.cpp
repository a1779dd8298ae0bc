#include <algorithm>

#include <fmt/format.h>

#include "engines/postgres/administration/cursor.hpp"
#include "engines/postgres/administration/parts.hpp"

// Rows by pages. A page begins behind the key of the last row of the page before, so that what
// comes and goes meanwhile moves nothing, and the thousandth page costs what the first does.
namespace ds::engines::postgres {
namespace {

constexpr std::size_t page_letters_max = 4 * MiB;
constexpr std::size_t cell_letters_max = 1'000;
constexpr std::size_t cell_letters_min = 8;

/// By what a table is paged: a unique key, the place where rows lie, or, where rows lie in many
/// places and have no key, nothing.
struct Order {
    std::vector<std::string> by;
    bool key = false;
};

/// The primary key, or the smallest unique index without NULLs. Only of types of the server's own:
/// comparisons of others are not found without a search path, and are somebody's functions.
Result<Order> order_of(Connection& connection, const model::ServerTable& table) {
    DS_TRY(
        const auto rows,
        connection.rows(
            fmt::format("SELECT json_agg(a.attname ORDER BY k.place) FROM pg_index x "
                        "JOIN pg_class c ON c.oid = x.indrelid "
                        "JOIN pg_namespace n ON n.oid = c.relnamespace "
                        "CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY k(number, place) "
                        "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number "
                        "AND a.attnotnull "
                        "LEFT JOIN pg_type t ON t.oid = a.atttypid AND t.typnamespace = "
                        "'pg_catalog'::regnamespace "
                        "WHERE {} AND x.indisunique AND x.indisvalid AND x.indimmediate "
                        "AND x.indpred IS NULL AND x.indexprs IS NULL AND k.place <= x.indnkeyatts "
                        "GROUP BY x.indexrelid, x.indisprimary HAVING bool_and(t.oid IS NOT NULL) "
                        "ORDER BY x.indisprimary DESC, count(*), x.indexrelid LIMIT 1",
                        this_table),
            {table.schema, table.name}));
    if (!rows.empty()) {
        DS_TRY(auto names, json::read<std::vector<std::string>>(rows.front().at(0).value_or("")));
        return Order{std::move(names), true};
    }
    if (table.kind == "partitioned table") return Order{};
    return Order{{"ctid"}, false};
}

/// As the type's own output writes it: a cast may be somebody's function. Long values are cut
/// before they travel.
std::string cell_sql(const model::TableColumn& column, std::size_t letters) {
    const auto name = quoted_name(column.name);
    const auto value =
        column.type == "bytea" ? fmt::format("substring({}, 1, {})", name, letters) : name;
    return fmt::format("CASE WHEN num_nulls({}) = 0 THEN left(format('%s', {}), {}) END", name,
                       value, letters + 1);
}

/// ("a", "b") or ($1, $2): the row that pages are compared by.
template <class Each>
std::string row_sql(std::size_t count, Each&& each) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < count; ++at) parts.push_back(each(at));
    return "(" + join(parts, ", ") + ")";
}

std::string page_sql(const model::ServerTable& table, const Order& order,
                     const std::vector<model::TableColumn>& columns, std::size_t letters,
                     bool behind, unsigned limit) {
    const auto ordering = row_sql(order.by.size(), [&](auto at) {
        return order.key ? quoted_name(order.by[at]) : order.by[at];
    });
    std::vector<std::string> shown;
    for (const auto& name : order.by)
        shown.push_back(fmt::format("format('%s', {})", order.key ? quoted_name(name) : name));
    for (const auto& column : columns) shown.push_back(cell_sql(column, letters));
    // A table that others inherit from is paged without their rows, which its key says nothing of.
    auto sql =
        fmt::format("SELECT {} FROM {}{}", join(shown, ", "), table.kind == "table" ? "ONLY " : "",
                    quoted_relation(table.schema, table.name));
    if (behind) {
        sql += fmt::format(" WHERE {} > {}", ordering, row_sql(order.by.size(), [&](auto at) {
                               return fmt::format("${}{}", at + 1, order.key ? "" : "::tid");
                           }));
    }
    // Without a key rows come as they lie, which is their order; sorting would read them all.
    if (order.key) sql += " ORDER BY " + ordering.substr(1, ordering.size() - 2);
    return sql + fmt::format(" LIMIT {}", limit);
}

/// One row as it is answered; what is longer than shown is noted.
json::bj::array shown_row(const Row& row, std::size_t first, std::size_t letters,
                          std::uint64_t number, std::vector<model::CutCell>& cut) {
    json::bj::array cells;
    for (auto at = first; at < row.size(); ++at) {
        if (!row[at]) {
            cells.emplace_back(nullptr);
            continue;
        }
        auto text = utf8_safe(*row[at]);
        std::size_t end = 0, count = 0;
        while (end < text.size() && count < letters) {
            end +=
                std::max<std::size_t>(utf8_sequence_bytes(std::string_view{text}.substr(end)), 1);
            ++count;
        }
        if (end < text.size()) {
            text.resize(end);
            cut.push_back({number, at - first});
        }
        cells.emplace_back(json::bj::string{text});
    }
    return cells;
}

}  // namespace

Result<model::TableRows> read_rows(Connection& connection, const RowsQuestion& question) {
    DS_TRY(const auto table, find_table(connection, question.schema, question.table));
    model::TableRows page;
    DS_TRY(page.columns, columns_of(connection, question.schema, question.table));
    DS_TRY(const auto order, order_of(connection, table));
    DS_TRY(const auto after, read_cursor(question.cursor, order.by));
    const auto cells = std::max<std::size_t>(page.columns.size(), 1) * question.limit;
    const auto letters = std::clamp(page_letters_max / cells, cell_letters_min, cell_letters_max);
    DS_TRY(auto rows, connection.rows(page_sql(table, order, page.columns, letters, !after.empty(),
                                               question.limit + 1),
                                      after));
    const bool more = rows.size() > question.limit;
    if (more) rows.resize(question.limit);
    auto& shown = page.rows.emplace_array();
    for (const auto& row : rows)
        shown.push_back(shown_row(row, order.by.size(), letters, shown.size(), page.cut));
    page.cell_letters_max = letters;
    page.ordered_by = order.by;
    if (more && !order.by.empty()) {
        const auto& last = rows.back();
        page.next = write_cursor(
            order.by, {last.begin(), last.begin() + static_cast<std::ptrdiff_t>(order.by.size())});
    }
    return page;
}

}  // namespace ds::engines::postgres
