#include <algorithm>
#include <cstdlib>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/dump_format/row_hash.hpp"
#include "engines/postgres/facts/facts.hpp"

// Counting and hashing the rows of tables.
namespace ds::engines::postgres {
namespace {

// Small tables share a statement: fewer round trips, but a stop is still noticed soon.
constexpr std::size_t batch_tables_max = 100;
constexpr std::uint64_t batch_bytes_max = 256 * MiB;

std::string relation(const TableFacts& table) {
    return quoted_name(table.schema) + "." + quoted_name(table.name);
}

Status read_sizes(Connection& connection, Facts& facts) {
    std::map<std::pair<std::string, std::string>, std::uint64_t> sizes;
    DS_DO(
        connection.each("SELECT n.nspname, c.relname, pg_table_size(c.oid) FROM pg_class c JOIN "
                        "pg_namespace n ON n.oid = c.relnamespace "
                        "WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> "
                        "'information_schema'",
                        {}, [&](Row& row) -> Status {
                            sizes[{row[0].value_or(""), row[1].value_or("")}] =
                                std::strtoull(row[2].value_or("0").c_str(), nullptr, 10);
                            return {};
                        }));
    for (auto& table : facts.tables) table.bytes = sizes[{table.schema, table.name}];
    return {};
}

Status count_batch(Connection& connection, Facts& facts, std::size_t first, std::size_t last) {
    std::vector<std::string> parts;
    for (auto i = first; i < last; ++i) {
        // ONLY: the children of a table have counts of their own.
        parts.push_back(
            fmt::format("SELECT {}, count(*) FROM ONLY {}", i, relation(facts.tables[i])));
    }
    return connection.each(join(parts, " UNION ALL "), {}, [&](Row& row) -> Status {
        const auto index = std::strtoull(row[0].value_or("").c_str(), nullptr, 10);
        if (index < first || index >= last)
            return fail(Code::internal, "the server answered something else");
        facts.tables[index].rows = std::strtoull(row[1].value_or("").c_str(), nullptr, 10);
        return {};
    });
}

// pg_dump writes rows in the database's own encoding.
Status hash_table(Connection& connection, TableFacts& table, const std::string& encoding) {
    RowHash sum;
    std::uint64_t rows = 0;
    const auto columns =
        table.columns.empty() ? std::string{} : fmt::format(" ({})", table.columns);
    const auto sql = fmt::format("COPY {}{} TO STDOUT (ENCODING {})", relation(table), columns,
                                 quoted_text(encoding));
    DS_DO(connection.copy_out(sql, [&](View line) -> Status {
        if (line.empty() || line.back() != std::byte{'\n'}) {
            return fail(Code::internal, "a row from the server does not end with a newline");
        }
        sum.add(line.first(line.size() - 1));
        ++rows;
        return {};
    }));
    table.rows = rows;
    table.content = sum.hex();
    return {};
}

}  // namespace

Status count_rows(Connection& connection, Facts& facts) {
    DS_DO(read_sizes(connection, facts));
    // Two processes on one scan would take the processor from the dump that goes on beside it.
    DS_DO(connection.exec("SET max_parallel_workers_per_gather = 0"));
    for (std::size_t first = 0; first < facts.tables.size();) {
        auto last = first;
        std::uint64_t bytes = 0;
        while (last < facts.tables.size() && last - first < batch_tables_max &&
               (last == first || bytes < batch_bytes_max)) {
            bytes += facts.tables[last++].bytes;
        }
        DS_DO(
            connection
                .without_keeping_locks([&] { return count_batch(connection, facts, first, last); })
                .while_doing("counting rows"));
        first = last;
    }
    return connection.exec("RESET max_parallel_workers_per_gather");
}

Status hash_rows(Connection& connection, Facts& facts, const Facts& like) {
    DS_DO(read_sizes(connection, facts));
    for (const auto& [name, value] : like.text_settings) {
        DS_DO(connection.exec(fmt::format("SET {} = {}", quoted_name(name), quoted_text(value))));
    }
    std::map<std::pair<std::string, std::string>, const TableFacts*> known;
    for (const auto& table : like.tables) known[{table.schema, table.name}] = &table;
    for (auto& table : facts.tables) {
        // Materialized views are made anew by a restore; their rows are counted only.
        const auto found = known.find({table.schema, table.name});
        if (found == known.end() || table.kind == "materialized view") {
            const auto index = static_cast<std::size_t>(&table - facts.tables.data());
            DS_DO(count_batch(connection, facts, index, index + 1));
            continue;
        }
        table.columns = found->second->columns;
        DS_DO(hash_table(connection, table, facts.encoding)
                  .while_doing("reading " + qualified(table.schema, table.name)));
    }
    return {};
}

}  // namespace ds::engines::postgres
