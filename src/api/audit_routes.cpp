#include "api/resource.hpp"
#include "api/routes.hpp"
#include "base/csv.hpp"
#include "catalog/audit_check.hpp"

// The audit as it is read: paged and filtered, whole as a file, and checked.
namespace ds::api {
namespace {

const Names hidden{"organization", "changed", "version"};
const Names searched{"actor", "action", "object", "address", "changes"};

Resource<model::AuditRow> rows() {
    Resource<model::AuditRow> r{catalog::audit, "audit", "row of the audit", {}, searched, hidden};
    r.creates = r.removes = false;
    r.reads = Scope::administer;
    return r;
}

const std::vector<std::string> csv_names{"sequence", "created",  "user",   "actor",
                                         "via",      "address",  "action", "object",
                                         "changes",  "previous", "hash"};

std::string csv_of(const model::AuditRow& row) {
    const auto fields = json::to_value(row);
    std::vector<std::string> cells;
    for (const auto& name : csv_names) {
        const auto& value = fields.at(name);
        cells.push_back(csv_harmless_cell(value.is_string() ? std::string{value.get_string()}
                                                            : json::to_text(value)));
    }
    return csv_line(cells);
}

/// Page by page, each in a transaction of its own: memory is that of one page, and a slow reader
/// holds up nobody.
Status export_rows(const Services& services, const std::string& organization,
                   catalog::Listing listing, bool csv, http::Writer& writer) {
    if (csv) DS_DO(writer.write(csv_line(csv_names)));
    for (;;) {
        if (writer.stop().stop_requested()) return fail(Code::cancelled, "the client is gone");
        DS_TRY(const auto page, services.read([&](catalog::Session& session) {
            return catalog::audit.list(session, organization, listing);
        }));
        std::string text;
        for (const auto& row : page.items)
            text += csv ? csv_of(row) : json::to_text(shown(row, hidden)) + "\n";
        DS_DO(writer.write(text));
        if (!page.next) return {};
        listing.cursor = *page.next;
    }
}

Result<Reply> export_audit(const Services& services, const Call& call, bool csv) {
    DS_TRY(auto listing, read_listing(call.request, columns_of(catalog::audit, hidden), searched));
    listing.limit = catalog::listing_limit_max;
    auto response = http::stream_response(
        csv ? "text/csv; charset=utf-8" : "application/jsonl",
        [&services, organization = call.caller.organization, listing, csv](http::Writer& writer) {
            return export_rows(services, organization, listing, csv, writer);
        });
    response.headers.add("Content-Disposition",
                         fmt::format("attachment; filename=\"audit.{}\"", csv ? "csv" : "jsonl"));
    return Reply{200, {}, {}, std::move(response)};
}

Result<Reply> check(const Services& services, const Call& call) {
    DS_TRY(const auto report, services.read([&](catalog::Session& session) {
        return catalog::check_audit(session, services.office.vault, call.caller.organization,
                                    call.option("known"));
    }));
    return Reply{200, json::to_value(report), {}, {}};
}

}  // namespace

void add_audit(Router& router, const Services& services) {
    add_resource(router, services, rows());
    for (const bool csv : {true, false}) {
        router.add(
            {"GET",
             csv ? "/api/v1/audit-export/csv" : "/api/v1/audit-export/jsonl",
             Scope::administer,
             "audit",
             csv ? "The whole audit as a table, with the filters of its list"
                 : "The same with a line of JSON for each row",
             {},
             {},
             200,
             true,
             [&services, csv](const Call& call) { return export_audit(services, call, csv); },
             options_of(columns_of(catalog::audit, hidden), true)});
    }
    router.add({"GET",
                "/api/v1/audit-check",
                Scope::administer,
                "audit",
                "Whether the audit is as it was written",
                {},
                shape<catalog::AuditReport>(),
                200,
                false,
                [&services](const Call& call) { return check(services, call); },
                {{"known", "SEQUENCE:HASH of an earlier check, which must still be there"}}});
}

}  // namespace ds::api
