#include "catalog/migrations.hpp"

#include <fmt/format.h>

namespace ds::catalog {
namespace {

Status apply(sql::Session& session, const Migration& step) {
    DS_DO(session.script("BEGIN"));
    auto status = session.script(std::string{step.sql});
    if (status) {
        auto noted = session.run("INSERT INTO schema_versions (version, what) VALUES (?, ?)",
                                 {std::int64_t{step.version}, std::string{step.what}});
        status = noted ? session.script("COMMIT") : Status{std::move(noted.error())};
    }
    if (status) return {};
    static_cast<void>(session.script("ROLLBACK"));
    return std::move(status.error())
        .while_doing(
            fmt::format("migrating the catalog to version {} ({})", step.version, step.what));
}

}  // namespace

Result<int> schema_version(sql::Session& session) {
    DS_DO(
        session.script("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, "
                       "what TEXT NOT NULL)"));
    DS_TRY(const auto rows, session.run("SELECT coalesce(max(version), 0) FROM schema_versions"));
    return static_cast<int>(sql::number_of(rows.at(0).at(0)));
}

Status migrate(sql::Session& session, std::span<const Migration> steps) {
    DS_TRY(const int present, schema_version(session));
    if (present > steps.back().version) {
        return fail(Code::unsupported,
                    fmt::format("the catalog has version {}, this program knows {}", present,
                                steps.back().version),
                    "Start the newer program that wrote it, or put the saved catalog back.");
    }
    for (const auto& step : steps) {
        if (step.version > present) DS_DO(apply(session, step));
    }
    return {};
}

}  // namespace ds::catalog
