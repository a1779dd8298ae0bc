#include "engines/postgres/dump/dump.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "base/text.hpp"
#include "crypto/sha256.hpp"
#include "engines/postgres/dump/dump_stream.hpp"
#include "engines/postgres/dump/snapshot_facts.hpp"
#include "engines/postgres/facts/globals.hpp"
#include "engines/postgres/facts/privileges.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::engines::postgres {
namespace {

constexpr const char* dump_part = "database.dump";
constexpr const char* globals_part = "globals.sql";
constexpr std::size_t source_name_bytes_max = 40;

/// What is known before the first byte flows.
struct Survey {
    std::string snapshot;
    Facts facts;
    std::string source_id;
    std::uint64_t database_bytes = 0;
    std::uint64_t dump_bytes_estimate = 0;
    bool standby = false;
    Tool pg_dump, pg_dumpall;
    Globals globals;
};

class PostgresDump final : public Dump {
public:
    PostgresDump(std::unique_ptr<Connection> connection, ClientAccess access, Survey survey,
                 const DumpRequest& request, const sys::Run& run)
        : access_{std::move(access)},
          run_{run},
          lock_wait_seconds_{request.lock_wait_seconds},
          survey_{std::move(survey)},
          facts_{std::move(connection), std::move(survey_.facts), run} {}

    const std::string& source_id() const override { return survey_.source_id; }
    Result<std::optional<Part>> next() override;
    Result<DumpFacts> finish() override;

private:
    ClientAccess access_;
    sys::Run run_;
    std::optional<std::uint64_t> lock_wait_seconds_;
    Survey survey_;
    SnapshotFacts facts_;
    std::unique_ptr<DumpStream> stream_;
    std::unique_ptr<stream::MemorySource> globals_;

    Result<std::unique_ptr<sys::Child>> start_pg_dump() const;
    Status check();
    Summary summary_of(const Facts& facts) const;
};

Result<std::unique_ptr<sys::Child>> PostgresDump::start_pg_dump() const {
    sys::Command command;
    // Compression and durability are the archive's work.
    command.arguments = {survey_.pg_dump.path.string(),
                         "--format=custom",
                         "--compress=0",
                         "--no-sync",
                         "--no-password",
                         "--snapshot=" + survey_.snapshot};
    if (lock_wait_seconds_) {
        command.arguments.push_back(
            fmt::format("--lock-wait-timeout={}", *lock_wait_seconds_ * 1000));
    }
    // A server that vanished without a word is noticed after a minute and a half instead of hours.
    command.arguments.emplace_back(
        "--dbname=keepalives_idle=30 keepalives_interval=10 keepalives_count=6");
    command.environment = sys::clean_environment();
    for (const auto& [name, value] : access_.environment) command.environment[name] = value;
    command.keep_open = access_.keep_open();
    return sys::Child::start(command);
}

Status PostgresDump::check() {
    DS_DO(run_.check());
    return facts_.problem().while_doing("reading in the snapshot");
}

Result<std::optional<Part>> PostgresDump::next() {
    DS_DO(run_.check());
    if (stream_ == nullptr) {
        DS_TRY(auto child, start_pg_dump());
        stream_ = std::make_unique<DumpStream>(
            std::move(child), DumpStream::Watch{run_.stop, [this] { return check(); },
                                                [this] { facts_.tables_are_locked(); }});
        return std::optional{Part{dump_part, survey_.dump_bytes_estimate, stream_.get()}};
    }
    DS_CHECK(stream_->index().has_value(), "a part must be read to its end before the next one");
    if (globals_ == nullptr) {
        const auto bytes = view_of(survey_.globals.sql);
        globals_ = std::make_unique<stream::MemorySource>(Bytes{bytes.begin(), bytes.end()});
        return std::optional{Part{globals_part, bytes.size(), globals_.get()}};
    }
    return std::optional<Part>{};
}

Summary PostgresDump::summary_of(const Facts& facts) const {
    Summary summary;
    summary.database = facts.database;
    summary.source_id = survey_.source_id;
    summary.server_version = facts.server_version;
    summary.tool_version = survey_.pg_dump.version;
    summary.database_bytes = survey_.database_bytes;
    for (const auto& table : facts.tables) {
        if (table.kind == "materialized view") continue;
        ++summary.tables;
        summary.rows += table.rows;
    }
    summary.notes = survey_.globals.notes;
    if (survey_.standby)
        summary.notes.emplace_back(
            "taken from a standby: the rows of unlogged tables are not in it");
    return summary;
}

std::vector<model::RestoreStep> restore_steps(const Tool& pg_dump, int server_major) {
    // pg_restore 17 and newer sets transaction_timeout, which older servers do not know; the rest
    // is fine.
    const bool one_error = pg_dump.major >= 17 && server_major < 17;
    return {{"Create the roles and tablespaces. Errors about what exists already, and about the "
             "database that does not exist yet, are harmless.",
             globals_part, "psql -X -d postgres"},
            {one_error ? "Create the database and everything in it. One error about "
                         "transaction_timeout is harmless."
                       : "Create the database and everything in it.",
             dump_part,
             one_error ? "pg_restore --create -d postgres"
                       : "pg_restore --create --exit-on-error -d postgres"}};
}

Result<DumpFacts> PostgresDump::finish() {
    DS_CHECK(stream_ != nullptr && stream_->index().has_value() && globals_ != nullptr,
             "every part must be read before a dump is finished");
    DS_TRY(auto facts, facts_.finish().while_doing("reading in the snapshot"));
    auto index = *stream_->index();
    DS_DO(agree(*stream_->toc(), index, facts));
    make_utf8(facts);
    DumpFacts result;
    result.summary = summary_of(facts);
    result.facts = json::to_value(facts);
    result.indexes[dump_part] = json::to_value(index);
    result.steps = restore_steps(survey_.pg_dump, facts.server_version_num / 10000);
    return result;
}

// The transaction holds the snapshot until the dump is over; a lock that somebody else holds must
// not stop us for longer than pg_dump would wait.
Result<std::string> begin_snapshot(Connection& connection, const DumpRequest& request) {
    if (request.lock_wait_seconds) {
        DS_DO(connection.exec(fmt::format("SET lock_timeout = '{}s'", *request.lock_wait_seconds)));
    }
    DS_DO(connection.exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    return connection.value("SELECT pg_export_snapshot()");
}

// The share of the heap and its TOAST in the whole, as the server last counted its pages.
constexpr const char* estimate_sql =
    "SELECT (pg_database_size(current_database()) * coalesce(sum(c.relpages) FILTER (WHERE "
    "c.relkind IN ('r', 't', 'm'))"
    " / nullif(sum(c.relpages), 0)::numeric, 0.5))::bigint FROM pg_class c";

Status survey_sizes(Connection& connection, Survey& survey) {
    const auto number = [](const std::string& text) {
        return std::strtoull(text.c_str(), nullptr, 10);
    };
    DS_TRY(const auto bytes, connection.value("SELECT pg_database_size(current_database())"));
    DS_TRY(const auto estimate, connection.value(estimate_sql));
    survey.database_bytes = number(bytes);
    survey.dump_bytes_estimate = number(estimate);
    return {};
}

Status survey_identity(Connection& connection, Survey& survey) {
    DS_TRY(const auto oid,
           connection.value("SELECT oid FROM pg_database WHERE datname = current_database()"));
    const auto& identifier = survey.facts.system_identifier;
    survey.source_id = source_id_of(
        survey.facts.database, identifier.empty() ? connection.info().server() : identifier, oid);
    DS_TRY(const auto standby, connection.value("SELECT pg_is_in_recovery()"));
    survey.standby = standby == "t";
    return {};
}

Result<Survey> make_survey(Connection& connection, const DumpRequest& request,
                           const sys::Run& run) {
    Survey survey;
    DS_TRY(survey.pg_dump, find_tool("pg_dump", connection.major(), Fit::same_or_newer,
                                     request.tool_dirs, run.stop));
    DS_TRY(survey.pg_dumpall, find_tool("pg_dumpall", connection.major(), Fit::same_or_newer,
                                        request.tool_dirs, run.stop));
    DS_TRY(survey.snapshot, begin_snapshot(connection, request));
    DS_DO(check_privileges(connection));
    DS_DO(read_database_facts(connection, survey.facts));
    DS_DO(read_tables(connection, survey.facts));
    // Before pg_dump reads them, so that what it wrote is not behind.
    DS_DO(read_sequences(connection, survey.facts));
    DS_DO(survey_sizes(connection, survey));
    DS_DO(survey_identity(connection, survey));
    // Small, and better known to fail now than after hours.
    DS_TRY(survey.globals, read_globals(connection, survey.pg_dumpall, survey.facts, run.stop));
    return survey;
}

}  // namespace

std::string source_id_of(const std::string& database, const std::string& server_identity,
                         const std::string& database_oid) {
    std::string name;
    for (const char c : lower(database)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain && name.size() < source_name_bytes_max) name += c;
        if (!plain && !name.empty() && name.back() != '-') name += '-';
    }
    while (!name.empty() && name.back() == '-') name.pop_back();
    const auto sum = crypto::sha256_hex(view_of(server_identity + "\n" + database_oid));
    return fmt::format("{}-{}", name.empty() ? "db" : name, sum.substr(0, 8));
}

Result<std::unique_ptr<Dump>> begin_dump(const DumpRequest& request, const sys::Run& run) {
    DS_TRY(const auto info, ConnectionInfo::parse(request.url));
    DS_TRY(auto connection, Connection::open(info, run.stop));
    DS_TRY(auto survey, make_survey(*connection, request, run)
                            .while_doing("preparing the backup of " + info.describe()));
    DS_TRY(auto access, connection->client_access());
    return std::unique_ptr<Dump>{std::make_unique<PostgresDump>(
        std::move(connection), std::move(access), std::move(survey), request, run)};
}

}  // namespace ds::engines::postgres
