#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

/// The thin layer under the catalog: the same SQL on SQLite and on PostgreSQL.
namespace ds::catalog::sql {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::vector<Value>;
using Values = std::vector<Value>;

enum class Dialect { sqlite, postgres };

/// One connection. One thread at a time. Errors: exists (a unique rule), conflict (somebody else's
/// transaction was first: try again), unavailable (the server is away), exhausted (disk full).
class Session {
public:
    virtual ~Session() = default;
    virtual Dialect dialect() const = 0;
    /// One statement with `?` for each parameter. All rows are kept in memory: limit them.
    virtual Result<std::vector<Row>> run(std::string_view sql, const Values& parameters = {}) = 0;
    /// How many rows the last run() inserted, updated or removed.
    virtual std::uint64_t changed() const = 0;
    /// Several statements without parameters.
    virtual Status script(const std::string& statements) = 0;
    /// False once the connection is lost and a new one is needed.
    virtual bool usable() const = 0;
};

std::string text_of(const Value& value);
std::int64_t number_of(const Value& value);

}  // namespace ds::catalog::sql
