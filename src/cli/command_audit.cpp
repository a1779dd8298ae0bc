#include <fmt/format.h>

#include "catalog/audit_check.hpp"
#include "catalog/catalog.hpp"
#include "catalog/tables.hpp"
#include "catalog/vault.hpp"
#include "cli/credentials.hpp"
#include "cli/rows.hpp"
#include "server/settings/gather.hpp"

namespace ds::cli {
namespace {

struct AuditLine {
    std::string created, actor, via, address, action, object;
    std::uint64_t sequence = 0;
};
BOOST_DESCRIBE_STRUCT(AuditLine, (), (created, actor, via, address, action, object, sequence))

Status list_audit(const AuditOptions& options, const RowsOptions& shown, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    net::Fields query{{"sort", "-id"}};
    if (!shown.search.empty()) query.emplace_back("q", shown.search);
    if (!shown.since.empty()) query.emplace_back("created.gte", shown.since);
    if (!shown.until.empty()) query.emplace_back("created.lt", shown.until);
    if (!options.actor.empty()) query.emplace_back("actor", options.actor);
    if (!options.action.empty()) query.emplace_back("action", options.action);
    if (!options.object.empty()) query.emplace_back("object", options.object);
    DS_TRY(const auto rows, remote->list("audit", query, shown.rows_max));
    DS_TRY(const auto lines, rows_as<AuditLine>(rows.items));
    Table table{{{"ROW", "WHEN", "WHO", "FROM", "DID", "TO"}}, {true}};
    table.right_aligned.resize(table.rows.front().size(), false);
    for (const auto& line : lines) {
        table.rows.push_back({std::to_string(line.sequence), line.created,
                              line.actor.empty() ? line.via : printable(line.actor, 60),
                              line.address, printable(line.action, 60),
                              printable(line.object, 60)});
    }
    tell_rows(session.console, shown.format, "audit", rows, table);
    return {};
}

/// Tells what was found; damage is an error, so that scripts hear of it.
Status tell_report(const std::string& organization, const catalog::AuditReport& report,
                   const Console& console) {
    const auto of = organization.empty() ? std::string{} : printable(organization, 100) + ": ";
    for (const auto& fault : report.faults) {
        console.line(fmt::format("  {} {}{}{}: {}", console.tick(false), of, fault.kind,
                                 fault.sequence > 0 ? fmt::format(" {}", fault.sequence) : "",
                                 printable(fault.detail, 300)));
    }
    if (!report.intact)
        return fail(Code::corrupt,
                    fmt::format("{}the audit is not as it was written: {} faults", of,
                                human_count(report.faults_found)),
                    "Keep a copy of the catalog, and compare it with an older one.");
    console.line(fmt::format("  {} {}{} rows, {} to {}, are as they were written",
                             console.tick(true), of, human_count(report.rows), report.first,
                             report.last));
    if (report.rows > 0)
        console.line(
            fmt::format("    to be sure next time: --known {}:{}", report.last, report.hash));
    return {};
}

Status verify_there(const AuditOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    net::Fields query;
    if (!options.known.empty()) query.emplace_back("known", options.known);
    DS_TRY(const auto answer, remote->get("audit-check", query));
    session.console.result(json::bj::object{{"audit", answer}});
    DS_TRY(const auto report, row_as<catalog::AuditReport>(answer));
    return tell_report({}, report, session.console);
}

Result<std::vector<model::Organization>> organizations_in(catalog::Catalog& catalog) {
    return catalog.read([](catalog::Session& rows) {
        return catalog::organizations.select(rows, "ORDER BY name LIMIT 10000");
    });
}

/// All organizations of the catalog that a server of this machine would open; none has to run.
Status verify_here(const AuditOptions& options, const Session& session) {
    server::Flags flags;
    if (!session.common.state.empty()) flags["state"] = {session.common.state};
    DS_TRY(const auto gathered, server::gather(options.config, flags));
    const auto& at = gathered.config.server;
    if (!sys::fs::exists(at.state / "master.key"))
        return fail(Code::not_found, "there is no server's state in " + at.state.string(),
                    "Give its directory with --state.");
    DS_TRY(const auto vault, catalog::Vault::open(at.state / "master.key"));
    DS_TRY(const auto catalog, catalog::Catalog::open({at.state, at.catalog_url}));
    DS_TRY(const auto tenants, organizations_in(*catalog));
    if (!options.known.empty() && tenants.size() > 1)
        return fail(Code::invalid, "--known is of one organization, and here are several",
                    "Ask the server for one: without --here.");
    json::bj::array reports;
    Status damage;
    for (const auto& tenant : tenants) {
        DS_TRY(const auto report, catalog->read([&](catalog::Session& rows) {
            return catalog::check_audit(rows, vault, tenant.id, options.known);
        }));
        reports.push_back(
            json::bj::object{{"organization", tenant.name}, {"report", json::to_value(report)}});
        auto told = tell_report(tenant.name, report, session.console);
        if (damage) damage = std::move(told);
    }
    session.console.result(json::bj::object{{"audits", std::move(reports)}});
    return damage;
}

}  // namespace

ExitStatus audit_list(const AuditOptions& options, const RowsOptions& shown,
                      const Session& session) {
    return session.end_with(list_audit(options, shown, session));
}

ExitStatus audit_verify(const AuditOptions& options, const Session& session) {
    return session.end_with(options.here ? verify_here(options, session)
                                         : verify_there(options, session));
}

}  // namespace ds::cli
