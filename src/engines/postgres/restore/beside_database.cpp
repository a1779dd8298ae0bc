#include "engines/postgres/restore/beside_database.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::engines::postgres {
namespace {

// Sessions that come back between being ended and the lock of the rename.
constexpr int swap_attempts = 5;

std::string short_id() {
    return lower(sys::make_ulid(std::chrono::system_clock::now())).substr(18);
}

// What a server says to a locale, provider or encoding that it does not have.
bool is_about_form(const Error& error) {
    return error.code() == Code::invalid || error.code() == Code::not_found ||
           error.code() == Code::unsupported;
}

// Sessions of ours that were stopped just now may take their time to notice.
Status drop_database(Connection& connection, const std::string& name) {
    DS_TRY(
        const auto ended,
        connection.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
                        {name}));
    return connection.exec("DROP DATABASE IF EXISTS " + quoted_name(name));
}

}  // namespace

Result<std::unique_ptr<BesideDatabase>> BesideDatabase::create(
    Connection& maintenance, const TargetState& target, const std::vector<DatabaseForm>& forms) {
    std::unique_ptr<BesideDatabase> beside{new BesideDatabase{maintenance.info(), target}};
    beside->id_ = short_id();
    beside->name_ = beside_name(target.name, "restoring", beside->id_);
    std::optional<Error> first;
    for (const auto& form : forms) {
        auto created = maintenance.exec(fmt::format("CREATE DATABASE {} TEMPLATE template0 {}",
                                                    quoted_name(beside->name_), form.options));
        if (created) {
            beside->there_ = true;
            beside->note_ = form.note;
            return beside;
        }
        const bool next = is_about_form(created.error());
        // The first one is what was wanted, so its error says what is missing.
        if (!first) first = std::move(created.error());
        if (!next) break;
    }
    if (!first) {
        return fail(Code::unsupported,
                    "this server's version does not have the backup's kind of locale",
                    "Create the empty database yourself with the locale that you want, and restore "
                    "into it.");
    }
    std::move(*first).while_doing("creating the database to restore into");
    if (!is_about_form(*first)) return std::move(*first);
    return std::move(*first).hinting(
        "Install the locale on the server, or create the empty database yourself with the "
        "locale that you want, and restore into it.");
}

BesideDatabase::~BesideDatabase() {
    // Callers that can tell somebody call drop() themselves.
    if (there_) static_cast<void>(drop());
}

Status BesideDatabase::drop() {
    if (!there_) return {};
    // A connection of its own: the one for maintenance may be what failed, or be stopped.
    auto connection = Connection::open(maintenance_);
    auto dropped =
        connection ? drop_database(**connection, name_) : Status{std::move(connection.error())};
    if (!dropped) {
        return fail(dropped.error().code(),
                    fmt::format("cannot drop the incomplete database {}: {}", printable(name_),
                                dropped.error().message()),
                    "Drop it yourself; nothing else was changed.");
    }
    there_ = false;
    return {};
}

Result<std::uint64_t> BesideDatabase::swap(Connection& maintenance, const std::string& aside,
                                           bool replace) {
    // One statement list, so that the lock of the first rename keeps new sessions out until the
    // end.
    std::string ended = "0";
    if (target_.exists && replace) {
        DS_TRY(
            ended,
            maintenance.value(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1 "
                "AND pid <> pg_backend_pid()",
                {target_.name}));
    }
    std::string sql = "BEGIN;";
    if (target_.exists) {
        sql += fmt::format("ALTER DATABASE {} RENAME TO {};", quoted_name(target_.name),
                           quoted_name(aside));
    }
    sql += fmt::format("ALTER DATABASE {} RENAME TO {}; COMMIT", quoted_name(name_),
                       quoted_name(target_.name));
    auto swapped = maintenance.exec(sql);
    if (!swapped) {
        static_cast<void>(maintenance.exec("ROLLBACK"));
        return std::move(swapped.error());
    }
    return parse_unsigned(ended, "number of sessions");
}

Result<std::vector<std::string>> BesideDatabase::take_place(Connection& maintenance, bool replace) {
    std::vector<std::string> notes;
    const auto aside = beside_name(target_.name, "replaced", id_);
    for (int attempt = 1;; ++attempt) {
        auto ended = swap(maintenance, aside, replace);
        if (ended) {
            if (*ended > 0)
                notes.push_back(
                    fmt::format("{} sessions on the replaced database were ended", *ended));
            break;
        }
        const bool in_use = ended.error().code() == Code::conflict;
        if (in_use && replace && attempt < swap_attempts) continue;
        auto problem =
            std::move(ended.error()).while_doing("giving the restored database its name");
        if (!in_use) return std::move(problem);
        return std::move(problem).hinting("Close the sessions that are connected to it.");
    }
    there_ = false;
    if (!target_.exists) return notes;
    // The restore is done; what fails now leaves the old database, under a name that says so.
    const auto dropped = maintenance.exec("DROP DATABASE " + quoted_name(aside));
    if (!dropped) {
        notes.push_back(fmt::format("the replaced database is still there as {}: {}",
                                    printable(aside), dropped.error().message()));
    }
    return notes;
}

}  // namespace ds::engines::postgres
