#include "engines/postgres/proof/proof.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/dump_format/toc_edit.hpp"
#include "engines/postgres/proof/proof_compare.hpp"
#include "engines/postgres/proof/scratch_server.hpp"
#include "engines/postgres/restore/restore.hpp"
#include "engines/postgres/restore/stored_dump.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::engines::postgres {
namespace {

constexpr const char* database_name = "proof";

Error not_provable(Error error) { return std::move(error).while_doing("cannot be proven here"); }

// What a sound server says to a backup that is not; whatever else went wrong is about this machine.
bool is_finding(const Error& error) {
    switch (error.code()) {
        case Code::corrupt:
        case Code::invalid:
        case Code::not_found:
        case Code::exists:
        case Code::conflict:
        case Code::denied: return true;
        default: return false;
    }
}

Status check_extensions(Connection& server, const StoredDump& dump) {
    std::set<std::string> missing;
    for (const auto& entry : dump.toc.entries) {
        if (entry.desc == "EXTENSION") missing.insert(entry.tag);
    }
    DS_DO(server.each("SELECT name FROM pg_available_extensions()", {}, [&](Row& row) -> Status {
        missing.erase(row[0].value_or(""));
        return {};
    }));
    if (missing.empty()) return {};
    std::vector<std::string> names;
    for (const auto& name : missing) names.push_back(printable(name));
    return fail(
        Code::unsupported,
        fmt::format("{} {} not installed for PostgreSQL {}",
                    names.size() == 1 ? "extension" : "extensions",
                    join(names, ", ") + (names.size() == 1 ? " is" : " are"), server.major()),
        "Install the package with it on this machine; the backup itself may be sound.");
}

// Everybody who owns something or is granted something. Superusers, since owners of event triggers
// and the like must be; nobody can log in as one.
Status create_roles(Connection& server, const StoredDump& dump) {
    DS_TRY(auto roles, roles_named(dump.toc));
    roles.merge(owners(dump.toc));
    roles.insert(dump.facts.roles.begin(), dump.facts.roles.end());
    for (const auto& setting : dump.facts.settings) {
        if (setting.role) roles.insert(*setting.role);
    }
    DS_TRY(const auto there, server.rows("SELECT rolname FROM pg_roles"));
    for (const auto& row : there) roles.erase(row[0].value_or(""));
    for (const auto& role : roles) {
        if (role.empty()) continue;
        DS_DO(server.exec("CREATE ROLE " + quoted_name(role) + " SUPERUSER NOLOGIN"));
    }
    return {};
}

// Values of type money look as lc_monetary says. Where that locale does not exist they cannot be
// compared as text.
Status check_money(Connection& restored, Facts& expected) {
    const auto setting = expected.text_settings.find("lc_monetary");
    if (setting == expected.text_settings.end()) return {};
    if (restored.exec("SET lc_monetary = " + quoted_text(setting->second))) return {};
    DS_TRY(const auto columns,
           restored.value("SELECT count(*) FROM pg_attribute WHERE atttypid = 'money'::regtype "
                          "AND attrelid >= 16384 AND NOT attisdropped"));
    if (columns == "0") {
        expected.text_settings.erase(setting);
        return {};
    }
    return fail(
        Code::unsupported,
        fmt::format("amounts of money are written in locale {}, which this machine does not have",
                    printable(setting->second)),
        "Install that locale on this machine.");
}

// A locale that this machine lacks was replaced by another one, which is no difference of the
// backup's.
void forgive_locale(const Facts& expected, Facts& actual) {
    actual.collate = expected.collate;
    actual.ctype = expected.ctype;
    actual.locale_provider = expected.locale_provider;
    actual.locale = expected.locale;
}

class Rehearsal {
public:
    Rehearsal(PartReader& backup, const StoredDump& dump, const ProofRequest& request,
              const sys::Run& run)
        : backup_{backup}, dump_{dump}, request_{request}, run_{run} {}

    Result<std::vector<Check>> execute() {
        DS_DO(start());
        run_.progress.step("restore");
        RestoreRequest into;
        into.into = server_->url(database_name);
        into.tool_dirs = request_.tool_dirs;
        into.jobs = request_.jobs;
        auto report = restore_dump(backup_, dump_, into, {.any_locale = true}, run_);
        if (!report) {
            DS_DO(judge(report.error()));
            checks_.push_back({"restores", false, 0, report.error().message()});
            return std::move(checks_);
        }
        checks_.push_back({"restores", true, report->tables, {}});
        DS_DO(compare());
        return std::move(checks_);
    }

private:
    PartReader& backup_;
    const StoredDump& dump_;
    const ProofRequest& request_;
    const sys::Run& run_;
    std::unique_ptr<ScratchServer> server_;
    std::vector<Check> checks_;

    Status start() {
        const auto major = dump_.facts.server_version_num / 10000;
        DS_TRY(const auto postgres,
               find_tool("postgres", major, Fit::exact, request_.tool_dirs, run_.stop));
        run_.progress.step("scratch server");
        ScratchRequest scratch;
        scratch.bin_directory = postgres.path.parent_path();
        scratch.state_directory = request_.state_directory;
        scratch.bytes_needed = bytes_needed();
        DS_TRY(server_, ScratchServer::start(scratch, run_));
        DS_TRY(const auto session, open("postgres"));
        DS_DO(check_extensions(*session, dump_));
        return create_roles(*session, dump_);
    }

    // Tables as they were on the source, and as much again for indexes.
    std::uint64_t bytes_needed() const {
        std::uint64_t sum = 0;
        for (const auto& table : dump_.facts.tables) sum += table.bytes;
        return std::max(2 * sum, dump_.index.bytes);
    }

    Result<std::unique_ptr<Connection>> open(const std::string& database) const {
        DS_TRY(const auto info, ConnectionInfo::parse(server_->url(database)));
        return Connection::open(info, run_.stop);
    }

    // Nothing: it says something about the backup.
    Status judge(const Error& error) const {
        DS_DO(run_.check());
        DS_DO(server_->check_alive());
        return is_finding(error) ? Status{} : Status{error};
    }

    Status compare() {
        run_.progress.step("compare");
        DS_TRY(const auto info, ConnectionInfo::parse(server_->url(database_name)));
        DS_TRY(const auto session, Connection::open(info, run_.stop));
        auto expected = dump_.facts;
        if (request_.compare) DS_DO(check_money(*session, expected));
        DS_TRY(auto actual,
               facts_of_restored(info, expected, request_.compare, request_.jobs, run_));
        forgive_locale(expected, actual);
        for (auto& check : compare_facts(expected, actual)) {
            const bool rows = check.name == "row counts" || check.name == "row contents";
            if (!rows || request_.compare) checks_.push_back(std::move(check));
        }
        DS_TRY(checks_.emplace_back(), check_validity(*session, dump_.toc));
        if (!request_.compare) return {};
        DS_TRY(checks_.emplace_back(), compare_large_objects(*session, dump_.index));
        run_.progress.step("indexes against tables");
        DS_TRY(auto storage, check_storage(info, request_.jobs, run_));
        std::move(storage.begin(), storage.end(), std::back_inserter(checks_));
        return {};
    }
};

}  // namespace

Result<std::vector<Check>> rehearse(PartReader& backup, const ProofRequest& request,
                                    const sys::Run& run) {
    auto dump = open_dump(backup);
    if (!dump) {
        if (dump.error().code() != Code::corrupt) return not_provable(std::move(dump.error()));
        return std::vector<Check>{{"restores", false, 0, dump.error().message()}};
    }
    auto checks = Rehearsal{backup, *dump, request, run}.execute();
    if (!checks) return not_provable(std::move(checks.error()));
    return checks;
}

}  // namespace ds::engines::postgres
