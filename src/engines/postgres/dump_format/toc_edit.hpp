#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engines/postgres/dump_format/toc.hpp"

/// Changes to a table of contents before pg_restore gets it: without data, other roles, some tables
/// only. pg_restore takes dependencies on entries that are gone in its stride, so they are left as
/// they are.
namespace ds::engines::postgres {

/// The same without the entries that have data blocks. What only sets things (SEQUENCE SET, BLOB
/// METADATA, statistics) stays.
Toc without_data(const Toc& toc);

/// The roles that own something.
std::set<std::string> owners(const Toc& toc);
/// The roles that statements name: grantees, grantors and those of default privileges, row policies
/// and user mappings; not PUBLIC. SQL that cannot be read is Code::corrupt.
Result<std::set<std::string>> roles_named(const Toc& toc);

/// Other names for roles, as owners and within statements.
Status rename_roles(Toc& toc, const std::map<std::string, std::string>& names);
/// For roles that the target does not have. What they own loses its owner (pg_restore then leaves
/// it to the role that restores); their grants, default privileges, user mappings and places in row
/// policies go. A policy for nobody else goes as a whole: it would apply to nobody. Returns what
/// went, for people, one line each: "public.orders: GRANT SELECT ON TABLE public.orders TO carol".
Result<std::vector<std::string>> drop_roles(Toc& toc, const std::set<std::string>& missing);

struct TableName {
    std::string schema;  // empty: any, if there is just one table of that name
    std::string table;
    /// "public.orders", `sales."Odd.Name"`: SQL's rules, so letters without quotes become small.
    static Result<TableName> parse(std::string_view text);
    /// In a form that parse() reads.
    std::string text() const;
};

struct Selection {
    /// The entries that recreate the tables with their data, defaults, owned and identity sequences
    /// and their positions, indexes, constraints, triggers, rules, policies, statistics, comments,
    /// security labels and grants; partitioned tables with their partitions. In the dump's order,
    /// offsets included.
    Toc toc;
    std::vector<TableName> tables;  // those with rows of their own or partitions, as selected
    /// Dump ids of what they need but is not theirs (schemas, types, functions, extensions, parents
    /// of inheritance, foreign sequences), and what that needs in turn, in the dump's order: must
    /// be in the target, or be restored too.
    std::vector<std::int32_t> needed;
    /// What belongs to the tables and is not selected, for people: foreign keys to tables that are
    /// not, places in partitioned tables that are not, memberships in publications.
    std::vector<std::string> left_out;
};

/// A name that is no table of this dump is Code::not_found.
Result<Selection> select_tables(const Toc& toc, const std::vector<TableName>& tables);

/// "TYPE public.mood".
std::string describe(const TocEntry& entry);

}  // namespace ds::engines::postgres
