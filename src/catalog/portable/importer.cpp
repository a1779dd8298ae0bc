#include "catalog/portable/importer.hpp"

#include <algorithm>

#include "catalog/migrations.hpp"

namespace ds::catalog::portable {
namespace {

constexpr std::size_t columns_max = 64;
constexpr std::size_t name_bytes_max = 500;

Error broken(std::string what) { return fail(Code::corrupt, std::move(what)); }

bool is_column(std::string_view name) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    return !name.empty() && name.size() <= columns_max &&
           name.find_first_not_of(letters) == std::string_view::npos;
}

Status check_columns(const std::vector<std::string>& columns) {
    if (columns.size() > columns_max) return broken("more columns than a table has");
    if (columns.size() < 2 || columns[0] != "id" || columns[1] != "organization")
        return broken("the columns do not begin with id and organization");
    for (const auto& name : columns) {
        if (!is_column(name)) return broken("impossible name of a column");
        if (std::count(columns.begin(), columns.end(), name) != 1)
            return broken("a column is named twice");
    }
    return {};
}

Result<Value> value_of(const json::Value& cell) {
    if (cell.is_null()) return Value{};
    if (cell.is_int64()) return Value{cell.get_int64()};
    if (cell.is_double()) return Value{cell.get_double()};
    if (cell.is_string()) return Value{std::string{cell.get_string()}};
    return broken("a cell is neither text nor number");
}

std::string insert_into(const std::string& table, const std::vector<std::string>& columns) {
    std::string names, marks;
    for (const auto& name : columns) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", name);
        marks += marks.empty() ? "?" : ", ?";
    }
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, marks);
}

/// What the database refuses is the row's fault, unless the database itself is in trouble.
Error refused(const Error& error) {
    if (error.transient() || error.code() == Code::exhausted || error.code() == Code::denied)
        return error;
    return broken(error.message());
}

}  // namespace

Result<Header> read_header(std::string_view line) {
    auto header = json::read<Header>(line);
    if (!header || header->format != format_name)
        return fail(Code::corrupt, "this is not an export of a catalog");
    if (header->version > format_version || header->schema > migrations().back().version) {
        return fail(Code::unsupported,
                    fmt::format("{} wrote this export, in a form newer than this program knows",
                                printable(header->writer, 60)),
                    "Use that version of dumpstation, or a newer one.");
    }
    if (header->version < 1 || header->schema < 1) return broken("impossible version");
    if (!is_plain_id(header->organization)) return broken("impossible id of the organization");
    if (header->name.size() > name_bytes_max) return broken("impossible name of the organization");
    DS_TRY([[maybe_unused]] const auto when, from_rfc3339(header->exported));
    return header;
}

Status Importer::take(Session& session, std::string_view line) {
    ++line_;
    const auto status = [&]() -> Status {
        if (line.size() > line_bytes_max) return broken("longer than any row");
        if (ended_) return broken("something follows the end");
        DS_TRY(const auto value, json::parse(line));
        return understand(session, value);
    }();
    if (status) return {};
    return Error{status.error()}.while_doing(fmt::format("line {} of the export", line_));
}

Status Importer::understand(Session& session, const json::Value& value) {
    if (value.is_array()) return enter(session, value.get_array());
    if (!value.is_object()) return broken("neither a table nor a row");
    const auto& line = value.get_object();
    if (line.if_contains("table") != nullptr) return begin_table(line);
    const auto* rows = line.if_contains("rows");
    if (line.if_contains("end") == nullptr || rows == nullptr)
        return broken("unknown kind of line");
    ended_ = true;
    std::uint64_t count = 0;
    DS_DO(json::read_into(count, *rows, "rows"));
    if (count == rows_) return {};
    return broken(fmt::format("it had {} rows, and {} are left", count, rows_));
}

Status Importer::begin_table(const json::bj::object& line) {
    const auto* columns = line.if_contains("columns");
    if (columns == nullptr) return broken("a table without columns");
    columns_.clear();
    DS_DO(json::read_into(table_, line.at("table"), "table"));
    DS_DO(json::read_into(columns_, *columns, "columns"));
    const auto known = std::any_of(kept_tables().begin(), kept_tables().end(),
                                   [&](const auto& kept) { return kept.name == table_; });
    if (!known) return broken("a table that no export holds");
    if (!seen_.insert(table_).second) return broken("a table comes twice");
    DS_DO(check_columns(columns_));
    insert_ = insert_into(table_, columns_);
    return {};
}

Status Importer::enter(Session& session, const json::bj::array& cells) {
    if (columns_.empty()) return broken("a row without a table");
    if (++rows_ > rows_max) return broken("more rows than any catalog has");
    DS_TRY(const auto values, values_of(cells));
    const auto done = session.run(insert_, values);
    if (!done) return refused(done.error());
    return {};
}

Result<Values> Importer::values_of(const json::bj::array& cells) const {
    if (cells.size() != columns_.size()) return broken("a row does not have its table's columns");
    Values values;
    for (const auto& cell : cells) {
        DS_TRY(auto value, value_of(cell));
        values.push_back(std::move(value));
    }
    const auto id = sql::text_of(values[0]);
    if (!is_plain_id(id)) return broken("a row has an impossible id");
    if (sql::text_of(values[1]) != header_.organization)
        return broken("a row belongs to another organization");
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        if (columns_[at] != sealed_column) continue;
        values[at] = vault_.seal(Secret{sql::text_of(values[at])}, table_ + "/" + id);
    }
    return values;
}

Status Importer::finish() const {
    if (ended_) return {};
    return broken(fmt::format("the export is cut off behind line {}", line_));
}

}  // namespace ds::catalog::portable
