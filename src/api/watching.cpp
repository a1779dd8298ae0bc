#include <algorithm>
#include <array>

#include "api/routes.hpp"
#include "jobs/service/catalog_keeper.hpp"
#include "model/summary.hpp"

namespace ds::api {

struct Readiness {
    bool ready = false;
    std::vector<model::Check> checks;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (ready, checks))

namespace {

/// One family of numbers as Prometheus reads it (text format 0.0.4).
class Exposition {
public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
        name_ = name;
    }
    void sample(std::string_view label, std::string_view value, double number) {
        if (label.empty()) {
            text_ += fmt::format("{} {}\n", name_, number);
        } else {
            text_ += fmt::format("{}{{{}=\"{}\"}} {}\n", name_, label, escaped(value), number);
        }
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
    std::string_view name_;

    static std::string escaped(std::string_view value) {
        std::string safe;
        for (const char c : value) {
            if (c == '\n') {
                safe += "\\n";
            } else {
                if (c == '"' || c == '\\') safe += '\\';
                safe += c;
            }
        }
        return safe;
    }
};

/// A family of gauges, and the query of what is in it: label and number.
struct Family {
    std::string_view name, label, help, query;
};
constexpr std::array families{
    Family{"dumpstation_runs", "state", "Runs in the catalog by state.",
           "SELECT state, count(*) FROM runs WHERE organization = ? GROUP BY state"},
    Family{"dumpstation_stored_bytes", "store", "Bytes of backups by store.",
           "SELECT s.name, coalesce(sum(c.stored_bytes), 0) FROM stores s LEFT JOIN copies c ON "
           "c.organization = s.organization AND c.store = s.id AND c.state IN ('complete', "
           "'condemned') WHERE s.organization = ? GROUP BY s.id, s.name"},
    Family{"dumpstation_backups", "database", "Backups by database.",
           "SELECT d.name, count(b.id) FROM databases d LEFT JOIN backups b ON b.organization = "
           "d.organization AND b.\"database\" = d.id WHERE d.organization = ? GROUP BY d.id, "
           "d.name"}};

Status expose(Exposition& out, catalog::Session& session, const Family& family,
              const std::string& organization) {
    out.family(family.name, "gauge", family.help);
    DS_TRY(const auto rows, session.run(family.query, {organization}));
    for (const auto& row : rows)
        out.sample(family.label, sql::text_of(row.at(0)),
                   static_cast<double>(sql::number_of(row.at(1))));
    return {};
}

Status expose_ages(Exposition& out, catalog::Session& session, const std::string& organization,
                   catalog::Time now) {
    out.family("dumpstation_recovery_point_age_seconds", "gauge",
               "Age of the newest backup by database.");
    DS_TRY(const auto rows,
           session.run("SELECT d.name, max(b.taken) FROM databases d JOIN backups b ON "
                       "b.organization = d.organization AND b.\"database\" = d.id WHERE "
                       "d.organization = ? AND d.archived = 0 GROUP BY d.id, d.name",
                       {organization}));
    for (const auto& row : rows) {
        DS_TRY(const auto taken, from_rfc3339(sql::text_of(row.at(1))));
        out.sample("database", sql::text_of(row.at(0)),
                   static_cast<double>(
                       std::chrono::duration_cast<std::chrono::seconds>(now - taken).count()));
    }
    return {};
}

/// Since when a catalog that is lost would be missed.
Status expose_catalog_age(Exposition& out, catalog::Session& session,
                          const std::string& organization, catalog::Time now) {
    DS_TRY(const auto keeping, jobs::read_catalog_keeping(session, organization));
    out.family("dumpstation_catalog_backup_ok", "gauge",
               "Whether the last backup of the catalog reached every store.");
    out.sample("", "", !keeping.saved.empty() && keeping.error.empty() ? 1 : 0);
    if (keeping.saved.empty()) return {};
    DS_TRY(const auto saved, from_rfc3339(keeping.saved));
    out.family("dumpstation_catalog_backup_age_seconds", "gauge",
               "Age of the newest backup of the catalog in a store.");
    out.sample(
        "", "",
        static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(now - saved).count()));
    return {};
}

Result<std::string> metrics_text(catalog::Session& session, const std::string& organization,
                                 catalog::Time now) {
    Exposition out;
    out.family("dumpstation_build_info", "gauge", "The version of this program.");
    out.sample("version", DS_VERSION, 1);
    for (const auto& family : families) DS_DO(expose(out, session, family, organization));
    DS_DO(expose_ages(out, session, organization, now));
    DS_DO(expose_catalog_age(out, session, organization, now));
    return out.take();
}

Result<Reply> metrics(const Services& services, const Call& call) {
    DS_TRY(auto text, services.read([&](catalog::Session& session) {
        return metrics_text(session, call.caller.organization, services.now());
    }));
    auto response = http::text_response(200, std::move(text));
    response.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}};
    return Reply{200, {}, {}, std::move(response)};
}

model::Check scheduler_check(catalog::Session& session, catalog::Time now) {
    const auto rows = session.run("SELECT until FROM leases WHERE name = 'scheduler'");
    if (!rows) return {"scheduler", false, 1, rows.error().message()};
    const bool led = !rows->empty() && sql::text_of(rows->at(0).at(0)) > rfc3339(now);
    return {"scheduler", led, 1, led ? "" : "nobody looks at the schedules at the moment"};
}

/// How old the oldest catalog is that a rescue would find. Says nothing about readiness: a server
/// whose stores are away still serves.
model::Check catalog_backup_check(catalog::Session& session) {
    model::Check check{"catalog backup", true, 0, ""};
    const auto rows = session.run(
        "SELECT id FROM organizations o WHERE EXISTS (SELECT 1 FROM stores s WHERE "
        "s.organization = o.id AND s.paused = 0) ORDER BY id LIMIT 1000");
    if (!rows) return {"catalog backup", true, 0, rows.error().message()};
    std::string oldest;
    for (const auto& row : *rows) {
        const auto keeping = jobs::read_catalog_keeping(session, sql::text_of(row.at(0)));
        if (!keeping || keeping->saved.empty()) {
            check.detail = "the catalog was not backed up to a store yet";
            return check;
        }
        ++check.compared;
        if (oldest.empty() || keeping->saved < oldest) oldest = keeping->saved;
    }
    if (!oldest.empty()) check.detail = "last backed up " + oldest;
    return check;
}

/// Of the catalog it is known that it answers; of stores what the last copies say, because to ask
/// each of them would let others stop us.
Result<Reply> ready(const Services& services) {
    Readiness readiness;
    const auto asked = services.read([&](catalog::Session& session) -> Status {
        readiness.checks.push_back({"catalog", true, 1, ""});
        readiness.checks.push_back(scheduler_check(session, services.now()));
        readiness.checks.push_back(catalog_backup_check(session));
        return {};
    });
    if (!asked) readiness.checks = {{"catalog", false, 1, asked.error().message()}};
    readiness.ready = asked && std::all_of(readiness.checks.begin(), readiness.checks.end(),
                                           [](const auto& check) { return check.ok; });
    return Reply{readiness.ready ? 200 : 503, json::to_value(readiness), {}, {}};
}

}  // namespace

void add_watching(Router& router, const Services& services) {
    router.add({"GET",
                "/healthz",
                Scope::nobody,
                "watching",
                "Whether the program is alive",
                {},
                {},
                200,
                false,
                [](const Call&) -> Result<Reply> {
                    return Reply{200, {}, {}, http::text_response(200, "ok\n")};
                }});
    router.add({"GET",
                "/readyz",
                Scope::nobody,
                "watching",
                "Whether it can do its work",
                {},
                shape<Readiness>(),
                200,
                false,
                [&services](const Call&) { return ready(services); }});
    router.add({"GET",
                "/metrics",
                Scope::read,
                "watching",
                "Numbers for Prometheus",
                {},
                {},
                200,
                false,
                [&services](const Call& call) { return metrics(services, call); }});
}

}  // namespace ds::api
