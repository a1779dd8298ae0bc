#include "engines/postgres/restore/restore.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/restore/beside_database.hpp"
#include "engines/postgres/restore/database_entries.hpp"
#include "engines/postgres/restore/loader.hpp"
#include "engines/postgres/restore/preflight.hpp"
#include "engines/postgres/restore/restore_plan.hpp"
#include "engines/postgres/restore/restore_tables.hpp"
#include "sys/failpoint.hpp"

namespace ds::engines::postgres {
namespace {

void add(std::vector<std::string>& notes, std::vector<std::string> more) {
    for (auto& note : more) notes.push_back(std::move(note));
}

// One restore of a whole database, or of chosen tables into one that is new.
class WholeRestore {
public:
    WholeRestore(PartReader& backup, const StoredDump& dump, const RestoreRequest& request,
                 const RestoreOptions& options, const ConnectionInfo& info, Connection& maintenance,
                 const TargetState& target, const sys::Run& run)
        : backup_{backup},
          dump_{dump},
          request_{request},
          options_{options},
          info_{info},
          maintenance_{maintenance},
          target_{target},
          run_{run} {}

    Result<RestoreReport> execute() {
        DS_DO(check_target(target_, request_.replace));
        DS_TRY(plan_,
               plan_restore(dump_, request_, target_, [](const TocEntry&) { return true; }, run_));
        report_.database = target_.name;
        report_.tables = plan_.table_count();
        report_.notes = plan_.notes;
        DS_DO(target_.in_place() ? restore_in_place() : restore_beside());
        return std::move(report_);
    }

private:
    PartReader& backup_;
    const StoredDump& dump_;
    const RestoreRequest& request_;
    const RestoreOptions& options_;
    const ConnectionInfo& info_;
    Connection& maintenance_;
    const TargetState& target_;
    const sys::Run& run_;
    RestorePlan plan_;
    RestoreReport report_;

    Status restore_beside() {
        const auto forms = database_forms(dump_.facts, target_, options_.any_locale);
        DS_TRY(const auto beside, BesideDatabase::create(maintenance_, target_, forms));
        if (!beside->note().empty()) report_.notes.push_back(beside->note());
        auto status = fill_beside(*beside);
        if (status) {
            status = take_place(*beside);
            if (status) return {};
        }
        const auto dropped = beside->drop();
        if (dropped) return status;
        return std::move(status.error()).while_doing(dropped.error().message());
    }

    Status fill_beside(const BesideDatabase& beside) {
        const auto name = quoted_name(beside.name());
        // Whatever is lost here in a crash is thrown away anyway; the commit of the swap makes it
        // all durable.
        DS_DO(
            maintenance_.exec(fmt::format("ALTER DATABASE {} SET synchronous_commit = off", name)));
        return fill(info_.with_database(beside.name()));
    }

    Status take_place(BesideDatabase& beside) {
        // The first one may have been idle for hours, and a firewall may have forgotten it.
        DS_TRY(const auto maintenance, open_maintenance(info_, run_));
        DS_DO(maintenance->exec(
            fmt::format("ALTER DATABASE {} RESET ALL", quoted_name(beside.name()))));
        DS_DO(apply_entries(*maintenance, beside.name()));
        DS_DO(sys::fail_point("restore_before_swap"));
        DS_DO(run_.check());
        DS_TRY(auto notes, beside.take_place(*maintenance, request_.replace, request_.keep_old));
        report_.kept_as = beside.kept_as();
        add(report_.notes, std::move(notes));
        return sys::fail_point("restore_after_swap");
    }

    Status restore_in_place() {
        report_.notes.push_back(
            fmt::format("restored into the database that was there, as {} may not create another",
                        printable(target_.user)));
        auto status = fill(info_);
        if (status) {
            auto maintenance = open_maintenance(info_, run_);
            status = maintenance ? apply_entries(**maintenance, target_.name)
                                 : Status{std::move(maintenance.error())};
        }
        if (status) return {};
        return std::move(status.error())
            .while_doing(fmt::format("the database {} is incomplete now", printable(target_.name)));
    }

    Status apply_entries(Connection& maintenance, const std::string& database) {
        DS_TRY(auto notes, apply_database_entries(maintenance, database, plan_.database, target_,
                                                  request_.role_map));
        add(report_.notes, std::move(notes));
        return {};
    }

    Status fill(const ConnectionInfo& database) {
        DS_TRY(const auto session, Connection::open(database, run_.stop));
        run_.progress.step("objects");
        DS_DO(create(*session, plan_.stages.before).while_doing("creating the objects"));
        DS_DO(sys::fail_point("restore_before_data"));
        run_.progress.step("data");
        run_.progress.expect(plan_.bytes());
        DS_TRY(const auto loaded,
               load_data({database, backup_, dump_.toc, plan_.spans, request_.jobs}, run_));
        report_.rows = loaded.rows;
        report_.bytes = loaded.bytes + dump_.index.spans.front().bytes;
        run_.progress.step("indexes");
        for (const auto& step : plan_.stages.after) {
            DS_DO(create(*session, step).while_doing("creating indexes and constraints"));
        }
        return {};
    }

    Status create(const Connection& session, const Step& step) {
        DS_TRY(auto warnings, restore_objects(session, plan_.stages.toc, step, plan_.pg_restore,
                                              request_.jobs, run_));
        add(report_.notes, std::move(warnings));
        return {};
    }
};

}  // namespace

Result<RestoreReport> restore_dump(PartReader& backup, const StoredDump& dump,
                                   const RestoreRequest& request, const RestoreOptions& options,
                                   const sys::Run& run) {
    DS_TRY(const auto info, ConnectionInfo::parse(request.into));
    run.progress.step("prepare");
    DS_TRY(const auto maintenance, open_maintenance(info, run));
    DS_TRY(const auto target, look_at_target(*maintenance, info, run));
    if (!request.tables.empty() && target.exists) {
        return restore_tables(backup, dump, request, info, target, run);
    }
    return WholeRestore{backup, dump, request, options, info, *maintenance, target, run}.execute();
}

Result<RestoreReport> restore(PartReader& backup, const RestoreRequest& request,
                              const sys::Run& run) {
    DS_TRY(const auto dump, open_dump(backup));
    return restore_dump(backup, dump, request, {}, run);
}

}  // namespace ds::engines::postgres
