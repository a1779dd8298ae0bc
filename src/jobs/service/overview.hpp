#pragma once

#include "jobs/service/office.hpp"

/// How an organization stands, from the rows of its catalog.
namespace ds::jobs {

/// How well one database is protected now.
struct ProtectedDatabase {
    std::string database;
    std::string name;
    std::string server;
    std::string protection;  // "protected", "at_risk", "unprotected", "paused"
    std::string reason;
    std::string last_good;  // the newest good backup was taken then; "" = none
    std::string last_proof;
    std::uint64_t backups = 0;
    std::uint64_t stored_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ProtectedDatabase, (),
                      (database, name, server, protection, reason, last_good, last_proof, backups,
                       stored_bytes))

struct StoreUse {
    std::string store;
    std::string name;
    std::uint64_t copies = 0;
    std::uint64_t stored_bytes = 0;
    std::uint64_t bytes_max = 0;
};
BOOST_DESCRIBE_STRUCT(StoreUse, (), (store, name, copies, stored_bytes, bytes_max))

struct Statistics {
    std::uint64_t databases = 0;
    std::uint64_t backups = 0;
    std::uint64_t stored_bytes = 0;
    std::map<std::string, std::uint64_t> protection;  // databases by "protected" …
    std::map<std::string, std::uint64_t> runs_today;  // by state, of the last 24 hours
    std::uint64_t runs_waiting = 0;
    std::uint64_t runs_running = 0;
    std::vector<StoreUse> stores;
};
BOOST_DESCRIBE_STRUCT(Statistics, (),
                      (databases, backups, stored_bytes, protection, runs_today, runs_waiting,
                       runs_running, stores))

/// Every database that is not archived, by name.
Result<std::vector<ProtectedDatabase>> protection_of(catalog::Session& session,
                                                     const std::string& organization,
                                                     catalog::Time now);
Result<Statistics> statistics_of(catalog::Session& session, const std::string& organization,
                                 catalog::Time now);

}  // namespace ds::jobs
