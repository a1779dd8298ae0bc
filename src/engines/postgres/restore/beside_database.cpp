#include "engines/postgres/restore/beside_database.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/restore/kept_database.hpp"
#include "engines/postgres/restore/swap.hpp"
#include "sys/random.hpp"

namespace ds::engines::postgres {
namespace {

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

Result<std::vector<std::string>> BesideDatabase::take_place(
    Connection& maintenance, bool replace, const std::optional<KeepOld>& keep_old) {
    Swap swap{name_, target_.name, {}, replace, {}};
    const bool keeps = keep_old && target_.exists && !target_.empty;
    if (target_.exists) swap.aside = beside_name(target_.name, "replaced", id_);
    if (keeps) {
        DS_TRY(swap.aside, free_kept_name(maintenance, target_.name, keep_old->since));
        DS_TRY(const auto comment, comment_of(maintenance, target_.name));
        swap.also.push_back(mark_sql(swap.aside, *keep_old, comment));
    }
    auto ended = swap_databases(maintenance, swap);
    if (!ended)
        return std::move(ended.error()).while_doing("giving the restored database its name");
    there_ = false;
    if (keeps) kept_as_ = swap.aside;
    std::vector<std::string> notes;
    if (*ended > 0)
        notes.push_back(fmt::format("{} sessions on the replaced database were ended", *ended));
    if (!target_.exists || keeps) return notes;
    // The restore is done; what fails now leaves the old database, under a name that says so.
    const auto dropped = maintenance.exec("DROP DATABASE " + quoted_name(swap.aside));
    if (!dropped) {
        notes.push_back(fmt::format("the replaced database is still there as {}: {}",
                                    printable(swap.aside), dropped.error().message()));
    }
    return notes;
}

}  // namespace ds::engines::postgres
