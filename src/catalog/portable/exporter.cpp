#include "catalog/portable/exporter.hpp"

namespace ds::catalog::portable {
namespace {

constexpr int rows_at_once = 100;

/// JSON is UTF-8; a file of SQLite may hold anything.
std::string clean(const std::string& text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto bytes = utf8_sequence_bytes(std::string_view{text}.substr(at));
        if (bytes == 0) {
            clean += '?';
            ++at;
        } else {
            clean.append(text, at, bytes);
            at += bytes;
        }
    }
    return clean;
}

json::Value cell_of(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* text = std::get_if<std::string>(&value)) return json::to_value(clean(*text));
    return nullptr;
}

}  // namespace

Exporter::Exporter(Session& session, const Vault& vault, std::string organization, Time now)
    : session_{session}, vault_{vault}, organization_{std::move(organization)}, now_{now} {}

Result<std::string> Exporter::next() {
    if (!std::exchange(begun_, true)) return header();
    while (table_ < kept_tables().size()) {
        const auto& table = kept_tables()[table_];
        if (!std::exchange(named_, true)) {
            return json::to_text(json::bj::object{{"table", std::string{table.name}},
                                                  {"columns", json::to_value(table.columns)}}) +
                   "\n";
        }
        DS_TRY(auto lines, page(table));
        if (!lines.empty()) return lines;
        ++table_;
        after_.clear();
        named_ = false;
    }
    if (std::exchange(ended_, true)) return std::string{};
    return json::to_text(json::bj::object{{"end", true}, {"rows", rows_}}) + "\n";
}

Result<std::string> Exporter::header() {
    DS_TRY(const auto tenant, organizations.get(session_, organization_, organization_));
    DS_TRY(const auto schema, session_.run("SELECT max(version) FROM schema_versions"));
    return json::write(Header{std::string{format_name}, format_version,
                              static_cast<int>(sql::number_of(schema.at(0).at(0))), organization_,
                              clean(tenant.name), rfc3339(now_), "dumpstation " DS_VERSION}) +
           "\n";
}

Result<std::string> Exporter::page(const KeptTable& table) {
    DS_TRY(const auto rows, read(table));
    std::string lines;
    for (const auto& row : rows) lines += line_of(table, row);
    if (!rows.empty()) after_ = sql::text_of(rows.back().at(0));
    rows_ += rows.size();
    return lines;
}

Result<std::vector<Row>> Exporter::read(const KeptTable& table) {
    std::string columns;
    for (const auto& name : table.columns)
        columns += fmt::format("{}\"{}\"", columns.empty() ? "" : ", ", name);
    Values parameters{organization_, after_};
    if (table.days_max > 0)
        parameters.emplace_back(rfc3339(now_ - std::chrono::days{table.days_max}));
    return session_.run(
        fmt::format("SELECT {} FROM {} WHERE organization = ? AND id > ?{}{} ORDER BY id LIMIT {}",
                    columns, table.name, table.only, table.days_max > 0 ? " AND created > ?" : "",
                    rows_at_once),
        parameters);
}

std::string Exporter::line_of(const KeptTable& table, const Row& row) {
    json::bj::array cells;
    for (std::size_t at = 0; at < row.size(); ++at) {
        const bool sealed = table.columns[at] == sealed_column;
        cells.push_back(
            cell_of(sealed ? Value{opened(table, row, sql::text_of(row[at]))} : row[at]));
    }
    return json::to_text(cells) + "\n";
}

std::string Exporter::opened(const KeptTable& table, const Row& row, const std::string& sealed) {
    const auto secret =
        vault_.open_sealed(sealed, fmt::format("{}/{}", table.name, sql::text_of(row.at(0))));
    if (secret) return secret->reveal();
    ++secrets_lost_;
    return {};
}

}  // namespace ds::catalog::portable
