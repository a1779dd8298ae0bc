#include "catalog/catalog.hpp"

#include <fmt/format.h>

#include "catalog/migrations.hpp"
#include "catalog/sql/postgres.hpp"
#include "catalog/sql/sqlite.hpp"

namespace ds::catalog {
namespace {

constexpr std::size_t sqlite_readers_max = 4;
constexpr std::size_t postgres_sessions_max = 8;
constexpr std::string_view file_name = "catalog.sqlite";

/// The file as it was, beside it; made by SQLite itself, so consistent.
Status save_sqlite(sql::Session& session, const sys::fs::path& state, int version) {
    const auto saved = state / fmt::format("catalog-v{}.sqlite", version);
    std::error_code ignored;
    sys::fs::remove(saved, ignored);
    DS_TRY([[maybe_unused]] const auto rows, session.run("VACUUM INTO ?", {saved.string()}));
    sys::fs::permissions(saved, sys::fs::perms::owner_read | sys::fs::perms::owner_write, ignored);
    return {};
}

/// Every table as it was, in a schema beside ours.
Status save_postgres(sql::Session& session, int version) {
    const auto schema = fmt::format("dumpstation_saved_v{}", version);
    DS_TRY(const auto tables,
           session.run("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"));
    std::string script =
        fmt::format("BEGIN; DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0};", schema);
    for (const auto& row : tables) {
        script += fmt::format("CREATE TABLE {0}.\"{1}\" AS TABLE \"{1}\";", schema,
                              sql::text_of(row.at(0)));
    }
    auto status = session.script(script + "COMMIT");
    if (!status) static_cast<void>(session.script("ROLLBACK"));
    return status;
}

Status bring_up_to_date(sql::Session& session, const Options& options) {
    const bool postgres = session.dialect() == sql::Dialect::postgres;
    // Two servers that start at once on one PostgreSQL: one migrates, the other waits.
    constexpr auto lock = "SELECT pg_advisory_lock(7235011)";
    if (postgres) DS_DO(session.script(lock));
    DS_TRY(const int version, schema_version(session));
    const auto steps = options.schema > 0
                           ? migrations().first(static_cast<std::size_t>(options.schema))
                           : migrations();
    if (version > 0 && version < steps.back().version) {
        const auto saved = postgres ? save_postgres(session, version)
                                    : save_sqlite(session, options.state, version);
        if (!saved) return Error{saved.error()}.while_doing("saving the catalog before migrating");
    }
    auto status = migrate(session, steps);
    if (postgres) DS_DO(session.script("SELECT pg_advisory_unlock(7235011)"));
    return status;
}

}  // namespace

Catalog::Catalog(sql::Dialect dialect, sql::Pool::Open open_writer, std::size_t writers,
                 sql::Pool::Open open_reader)
    : dialect_{dialect},
      writers_{std::move(open_writer), writers},
      readers_{std::move(open_reader), sqlite_readers_max} {}

Result<std::unique_ptr<Catalog>> Catalog::open(const Options& options) {
    std::unique_ptr<Catalog> catalog;
    if (options.url.empty()) {
        DS_DO(sys::make_directories(options.state, 0700));
        const auto file = options.state / file_name;
        const auto opener = [file](bool writing) {
            return [file, writing] { return sql::open_sqlite(file, writing); };
        };
        catalog.reset(new Catalog{sql::Dialect::sqlite, opener(true), 1, opener(false)});
    } else {
        const auto opener = [url = options.url] { return sql::open_postgres(url); };
        catalog.reset(new Catalog{sql::Dialect::postgres, opener, postgres_sessions_max, opener});
    }
    DS_TRY(const auto session, catalog->writers_.take());
    DS_DO(bring_up_to_date(*session, options));
    return catalog;
}

const char* Catalog::begin(bool writing) const {
    if (dialect_ == sql::Dialect::sqlite) return writing ? "BEGIN IMMEDIATE" : "BEGIN";
    return writing ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
}

}  // namespace ds::catalog
