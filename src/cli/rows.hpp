#pragma once

#include "cli/commands.hpp"
#include "cli/remote.hpp"

namespace ds::cli {

/// A list as a table: the first row is the header.
struct Table {
    std::vector<std::vector<std::string>> rows;
    std::vector<bool> right_aligned;
};

/// Tells a list as `format` says: a table for people; json, jsonl, csv and id for programs, with
/// all that the server told. `name` is what the list is called in JSON.
void tell_rows(const Console& console, RowsFormat format, std::string_view name, const Rows& rows,
               const Table& table);

/// RFC 4180: the fields of the first row name the columns; what is no text or number is JSON.
std::string csv_of(const json::bj::array& rows);

}  // namespace ds::cli
