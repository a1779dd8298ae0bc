#include "engines/postgres/restore/preflight.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/restore/database_form.hpp"
#include "engines/postgres/restore/restore_plan.hpp"
#include "engines/postgres/restore/restore_tables.hpp"

namespace ds::engines::postgres {
namespace {

/// "de_DE.UTF-8" and "de_DE.utf8" are one.
std::string plain_locale(std::string locale) {
    std::erase(locale, '-');
    return lower(locale);
}

/// One look ahead: each step finds something out, and nothing is changed.
class Look {
public:
    Look(const StoredDump& dump, const RestoreRequest& request, const sys::Run& run)
        : dump_{dump}, request_{request}, run_{run} {}

    Result<Preflight> execute() {
        const auto looked = look();
        DS_DO(run_.check());
        if (!looked) blocks("target", looked.error());
        return std::move(ahead_);
    }

private:
    const StoredDump& dump_;
    const RestoreRequest& request_;
    const sys::Run& run_;
    Preflight ahead_;

    void fine(std::string about, std::string text) {
        ahead_.findings.push_back({std::move(about), FindingLevel::fine, std::move(text), {}});
    }
    void warn(std::string about, std::string text, std::string hint = {}) {
        ahead_.findings.push_back(
            {std::move(about), FindingLevel::warning, std::move(text), std::move(hint)});
    }
    void blocks(std::string about, const Error& error) {
        if (!ahead_.blocked) ahead_.blocked = error;
        ahead_.findings.push_back(
            {std::move(about), FindingLevel::blocks, error.message(), error.hint()});
    }

    /// Its error is what keeps from looking any further.
    Status look() {
        DS_TRY(const auto info, ConnectionInfo::parse(request_.into));
        DS_TRY(const auto maintenance, open_maintenance(info, run_));
        fine("target", "the server is reached, PostgreSQL " + maintenance->version_text());
        DS_TRY(const auto target, look_at_target(*maintenance, info, run_));
        if (!request_.tables.empty() && target.exists) return look_at_tables(info, target);
        look_at_database(target);
        DS_DO(look_at_locale(*maintenance, target));
        const auto plan =
            plan_restore(dump_, request_, target, [](const TocEntry&) { return true; }, run_);
        if (!plan) {
            blocks("contents", plan.error());
            return {};
        }
        tell(*plan);
        return {};
    }

    void look_at_database(const TargetState& target) {
        const auto name = printable(target.name);
        const auto taken = check_target(target, request_.replace);
        if (!taken) {
            blocks("database", taken.error());
        } else if (!target.exists) {
            fine("database", fmt::format("{} is made new", name));
        } else if (target.empty) {
            fine("database", fmt::format("{} is there and empty", name));
        } else {
            ahead_.replaces = true;
            warn("database", fmt::format("{} is replaced by what was restored beside it{}", name,
                                         request_.keep_old ? ", and kept under another name" : ""));
        }
        if (taken && target.sessions > 0 && request_.replace)
            warn("sessions", fmt::format("{} sessions on {} are ended", target.sessions, name));
    }

    Status look_at_tables(const ConnectionInfo& info, const TargetState& target) {
        DS_TRY(const auto connection, Connection::open(info, run_.stop));
        const auto planned = plan_tables(*connection, dump_, request_, target, run_);
        if (!planned) {
            blocks("tables", planned.error());
            return {};
        }
        ahead_.replaces = !planned->in_the_way.empty();
        if (!ahead_.replaces)
            fine("tables", fmt::format("they are new in {}", printable(target.name)));
        else
            warn("tables",
                 "these are replaced: " + printable(join(planned->in_the_way, ", "), 1000));
        tell(planned->plan);
        return {};
    }

    Status look_at_locale(Connection& maintenance, const TargetState& target) {
        if (target.in_place()) return {};
        const auto& facts = dump_.facts;
        if (database_forms(facts, target, false).empty()) {
            blocks("locale",
                   fail(Code::unsupported,
                        "this server's version does not have the backup's kind of locale",
                        "Create the empty database yourself with the locale that you want."));
            return {};
        }
        if (facts.locale_provider != "libc" || facts.collate == "C" || facts.collate == "POSIX")
            return {};
        DS_TRY(const auto there, maintenance.value("SELECT count(*) FROM pg_collation WHERE "
                                                   "lower(replace(collcollate, '-', '')) = $1",
                                                   {plain_locale(facts.collate)}));
        if (there != "0") {
            fine("locale", printable(facts.collate) + " is known");
        } else {
            warn("locale",
                 fmt::format("the server does not list the locale {}", printable(facts.collate)),
                 "If it is not installed, install it, or create the empty database yourself.");
        }
        return {};
    }

    void tell(const RestorePlan& plan) {
        for (const auto& note : plan.notes) warn("contents", note);
        fine("contents", fmt::format("{} tables, {}", human_count(plan.table_count()),
                                     human_bytes(plan.bytes())));
        fine("tools", plan.pg_restore.version);
        // PostgreSQL tells nobody how much is free.
        fine("space",
             fmt::format("about {} are needed on the server, with indexes more; it does not say "
                         "how much is free",
                         human_bytes(plan.bytes())));
    }
};

}  // namespace

Status check_target(const TargetState& target, bool replace) {
    const auto name = printable(target.name);
    if (target.exists && !target.empty && !replace) {
        return fail(Code::exists, fmt::format("the database {} exists and is not empty", name),
                    "Restore into another name, or replace it with --replace.");
    }
    if (target.in_place() && !target.empty) {
        return fail(Code::denied,
                    fmt::format("{} may not replace the database {}", printable(target.user), name),
                    "Replacing needs the database's owner with CREATEDB.");
    }
    if (!target.exists && !target.may_create) {
        return fail(Code::denied,
                    fmt::format("{} may not create the database {}", printable(target.user), name),
                    "Grant it CREATEDB, or create the empty database and restore into that.");
    }
    if (!target.in_place() && target.exists && target.sessions > 0 && !replace) {
        return fail(
            Code::conflict,
            fmt::format("{} sessions are connected to the database {}", target.sessions, name),
            "Close them, or replace the database with --replace, which ends them.");
    }
    return {};
}

Result<Preflight> preflight(PartReader& backup, const RestoreRequest& request,
                            const sys::Run& run) {
    DS_TRY(const auto dump, open_dump(backup));
    return Look{dump, request, run}.execute();
}

}  // namespace ds::engines::postgres
