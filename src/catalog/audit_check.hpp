#pragma once

#include "catalog/audit_chain.hpp"

namespace ds::catalog {

/// One thing that is wrong with a chain.
struct AuditFault {
    std::string kind;  // "changed", "removed", "inserted", "moved", "replaced", "cut off", "head"
    std::uint64_t sequence = 0;  // of the row that it is about; 0 = none
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(AuditFault, (), (kind, sequence, detail))

struct AuditReport {
    bool intact = false;
    std::uint64_t rows = 0;
    std::uint64_t first = 0, last = 0;  // sequences
    std::string hash;                   // of the last row: write it down, and give it next time
    std::vector<AuditFault> faults;     // the first ones
    std::uint64_t faults_found = 0;
};
BOOST_DESCRIBE_STRUCT(AuditReport, (), (intact, rows, first, last, hash, faults, faults_found))

/// Walks along an organization's chain, in the session's transaction and in bounded memory. Errors
/// are those of the catalog; what is wrong with the chain is in the report. `known`: "42:HASH" as
/// an earlier report had it, "" = none; a catalog that was put back to an older state lacks it.
Result<AuditReport> check_audit(sql::Session& session, const Vault& vault,
                                const std::string& organization, const std::string& known = {});

}  // namespace ds::catalog
