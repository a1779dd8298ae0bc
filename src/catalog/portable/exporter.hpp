#pragma once

#include "catalog/leases.hpp"
#include "catalog/portable/tables.hpp"
#include "catalog/vault.hpp"

namespace ds::catalog::portable {

/// Gives an organization's rows as lines, some at a time. The secrets in them are opened: whoever
/// gets the lines seals them before they leave the machine. `session` is a read transaction, so
/// that all lines are of one moment; it and `vault` outlive the exporter.
class Exporter {
public:
    Exporter(Session& session, const Vault& vault, std::string organization, Time now);

    /// The next lines, each with its line feed; "" behind the last.
    Result<std::string> next();

    std::uint64_t rows() const { return rows_; }
    /// Secrets that the vault could not open and that are left out.
    std::uint64_t secrets_lost() const { return secrets_lost_; }

private:
    Session& session_;
    const Vault& vault_;
    const std::string organization_;
    const Time now_;
    std::size_t table_ = 0;
    std::string after_;
    bool begun_ = false, named_ = false, ended_ = false;
    std::uint64_t rows_ = 0, secrets_lost_ = 0;

    Result<std::string> header();
    Result<std::string> page(const KeptTable& table);
    Result<std::vector<Row>> read(const KeptTable& table);
    std::string line_of(const KeptTable& table, const Row& row);
    std::string opened(const KeptTable& table, const Row& row, const std::string& sealed);
};

}  // namespace ds::catalog::portable
