#pragma once

#include <set>

#include "catalog/portable/tables.hpp"
#include "catalog/vault.hpp"

namespace ds::catalog::portable {

/// Reads and checks the first line: Code::corrupt when it is none of ours, Code::unsupported when a
/// newer program wrote it.
Result<Header> read_header(std::string_view line);

/// Enters the lines behind the header as rows. They are hostile: nothing but rows of the header's
/// organization in tables of the list gets in. Secrets are sealed anew. The catalog must have the
/// schema that the header names; it and `vault` outlive the importer.
class Importer {
public:
    Importer(Header header, const Vault& vault) : header_{std::move(header)}, vault_{vault} {}

    /// Code::corrupt names the line and what is wrong with it; the transaction is to be rolled
    /// back.
    Status take(Session& session, std::string_view line);
    /// Code::corrupt when the last line was not the end of an export.
    Status finish() const;

    const Header& header() const { return header_; }
    std::uint64_t rows() const { return rows_; }

private:
    Header header_;
    const Vault& vault_;
    std::uint64_t line_ = 1, rows_ = 0;
    bool ended_ = false;
    std::set<std::string, std::less<>> seen_;
    std::string table_, insert_;
    std::vector<std::string> columns_;

    Status understand(Session& session, const json::Value& value);
    Status begin_table(const json::bj::object& line);
    Status enter(Session& session, const json::bj::array& cells);
    Result<Values> values_of(const json::bj::array& cells) const;
};

}  // namespace ds::catalog::portable
