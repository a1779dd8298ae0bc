#pragma once

#include <memory>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "model/administration.hpp"
#include "sys/run.hpp"

namespace ds::engines {

struct TablesQuestion {
    std::string schema;  // "" = of all
    std::string cursor;  // of the page before; "" = from the start
    unsigned limit = 100;
};

struct RowsQuestion {
    std::string schema;
    std::string table;
    std::string cursor;
    unsigned limit = 50;
};

/// What would be gone, or what is in the way.
struct Forecast {
    std::optional<std::uint64_t> rows_estimate;
    std::uint64_t bytes = 0;
    std::uint64_t connections = 0;
};

/// One session in one database of a server, for people who look around and tidy up. One thread at
/// a time. Looking never writes, and every statement has a time limit; names are quoted and values
/// are never part of a statement. A cursor that is not ours is Code::invalid.
class Administration {
public:
    virtual ~Administration() = default;
    /// Of the whole server.
    virtual Result<model::ServerDatabases> databases() = 0;
    virtual Result<model::ServerRoles> roles() = 0;
    /// Of the database that the session is in, as is everything below.
    virtual Result<model::ServerGrants> grants() = 0;
    virtual Result<model::ServerSchemas> schemas() = 0;
    virtual Result<model::ServerTables> tables(const TablesQuestion& question) = 0;
    virtual Result<model::TableDetails> table(const std::string& schema,
                                              const std::string& name) = 0;
    /// A page, ordered by the table's key, or by the place where rows lie.
    virtual Result<model::TableRows> rows(const RowsQuestion& question) = 0;
    /// Of one schema; "" = of all.
    virtual Result<model::Diagram> diagram(const std::string& schema) = 0;
    /// Whether an act could be done, and to how much. Changes nothing.
    virtual Result<Forecast> forecast(const model::DatabaseAct& act) = 0;
    /// Does it. Acts on databases are done from another one.
    virtual Status perform(const model::DatabaseAct& act) = 0;
};

/// A session in the database that a URL names, of whatever kind it is.
Result<std::unique_ptr<Administration>> administer(const Secret& url, const sys::Run& run);

}  // namespace ds::engines
