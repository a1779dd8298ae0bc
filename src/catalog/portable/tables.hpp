#pragma once

#include <span>

#include "catalog/tables.hpp"

/// The rows of one organization as JSON lines, to be kept outside the catalog and read back by any
/// later program, on either kind of database: docs/format/catalog.md.
namespace ds::catalog::portable {

constexpr std::string_view format_name = "dumpstation catalog";
constexpr int format_version = 1;
constexpr std::size_t line_bytes_max = 16 * MiB;
constexpr std::uint64_t rows_max = 200'000'000;

/// The first line of an export.
struct Header {
    std::string format;
    int version = 0;
    int schema = 0;            // of the catalog: the last of its migrations
    std::string organization;  // its id; every row belongs to it
    std::string name;          // the organization's
    std::string exported;
    std::string writer;  // "dumpstation 0.1.0"
};
BOOST_DESCRIBE_STRUCT(Header, (), (format, version, schema, organization, name, exported, writer))

/// A table whose rows are worth keeping.
struct KeptTable {
    std::string_view name;
    std::vector<std::string> columns;  // "id" and "organization" first
    std::string_view only;             // " AND …": which of its rows; "" = all
    int days_max = 0;                  // rows that are older stay behind; 0 = all
    /// Reads every row as the program would. Code::corrupt names what does not fit.
    Status (*check)(Session& session);
};

/// What an export holds, in the order of its lines.
std::span<const KeptTable> kept_tables();
/// What it leaves behind on purpose: sessions' answers and messages on their way are of the moment.
std::span<const std::string_view> left_tables();

/// Letters, digits, '-' and '_', at most 64: safe as an id anywhere.
bool is_plain_id(std::string_view text);

}  // namespace ds::catalog::portable
