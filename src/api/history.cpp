#include "api/days.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "jobs/service/settings.hpp"

// What happened day by day, counted by the catalog's database and not by whoever draws it.
namespace ds::api {

struct HistoryDay {
    std::string day;
    std::string begins;
    std::map<std::string, std::uint64_t> runs;    // backup runs that ended, by state
    std::map<std::string, std::uint64_t> proofs;  // verify runs that ended, by state
    std::uint64_t backups = 0;                    // taken
    std::uint64_t plain_bytes = 0;
    std::uint64_t stored_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(HistoryDay, (),
                      (day, begins, runs, proofs, backups, plain_bytes, stored_bytes))

struct StoreHistory {
    std::string store;
    std::string name;
    std::vector<std::uint64_t> stored_bytes;  // at the end of each day
};
BOOST_DESCRIBE_STRUCT(StoreHistory, (), (store, name, stored_bytes))

struct History {
    std::vector<HistoryDay> days;
    std::vector<StoreHistory> stores;
};
BOOST_DESCRIBE_STRUCT(History, (), (days, stores))

/// One database's backups of one day. Sizes are those of the day's last one.
struct DatabaseDay {
    std::string day;
    std::string begins;
    std::uint64_t backups = 0;
    std::uint64_t seconds_mean = 0;
    std::uint64_t seconds_max = 0;
    std::uint64_t plain_bytes = 0;
    std::uint64_t stored_bytes = 0;
    std::uint64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(DatabaseDay, (),
                      (day, begins, backups, seconds_mean, seconds_max, plain_bytes, stored_bytes,
                       rows))

struct DatabaseHistory {
    std::vector<DatabaseDay> days;
};
BOOST_DESCRIBE_STRUCT(DatabaseHistory, (), (days))

namespace {

constexpr int backups_max = 100'000;

std::uint64_t count_in(const sql::Row& row, std::size_t column) {
    return static_cast<std::uint64_t>(sql::number_of(row.at(column)));
}

class Historian {
public:
    Historian(catalog::Session& session, std::string organization, const std::vector<Day>& days)
        : session_{session}, organization_{std::move(organization)}, days_{days} {}

    Result<History> everything() {
        History history;
        for (const auto& day : days_) history.days.push_back({day.day, day.begins, {}, {}});
        DS_DO(count_runs(history));
        DS_DO(count_backups(history));
        DS_DO(count_stores(history));
        return history;
    }

    Result<DatabaseHistory> of_database(const std::string& database) {
        DatabaseHistory history;
        for (const auto& day : days_) history.days.push_back({day.day, day.begins});
        DS_TRY(const auto rows,
               session_.run(fmt::format("SELECT taken, finished, plain_bytes, stored_bytes, "
                                        "\"rows\" FROM backups WHERE organization = ? AND "
                                        "\"database\" = ? AND taken >= ? AND taken < ? ORDER BY "
                                        "taken LIMIT {}",
                                        backups_max),
                            {organization_, database, days_.front().begins, days_.back().ends}));
        std::size_t at = 0;
        for (const auto& row : rows) {
            while (sql::text_of(row.at(0)) >= days_[at].ends) ++at;
            DS_DO(add_backup(history.days[at], row));
        }
        for (auto& day : history.days) day.seconds_mean /= std::max<std::uint64_t>(day.backups, 1);
        return history;
    }

private:
    catalog::Session& session_;
    const std::string organization_;
    const std::vector<Day>& days_;

    /// One question about all days: `select` and `from` join with `d`, and what they find is
    /// counted between d.begins and d.ends of `moment`.
    Result<std::vector<sql::Row>> ask(std::string_view what, std::string_view table,
                                      std::string_view moment, std::string_view group) {
        return session_.run(
            with_days(days_) +
                fmt::format("SELECT d.at, {} FROM days d JOIN {} t ON t.organization = ? AND t.{} "
                            ">= d.begins AND t.{} < d.ends GROUP BY d.at{}",
                            what, table, moment, moment, group),
            {organization_});
    }

    Status count_runs(History& history) {
        DS_TRY(const auto rows, ask("t.kind, t.state, count(*)", "runs", "finished",
                                    ", t.kind, t.state HAVING t.kind IN ('backup', 'verify')"));
        for (const auto& row : rows) {
            auto& day = history.days.at(count_in(row, 0));
            auto& counts = sql::text_of(row.at(1)) == "backup" ? day.runs : day.proofs;
            counts[sql::text_of(row.at(2))] = count_in(row, 3);
        }
        return {};
    }

    Status count_backups(History& history) {
        DS_TRY(const auto rows,
               ask("count(*), sum(t.plain_bytes), sum(t.stored_bytes)", "backups", "taken", ""));
        for (const auto& row : rows) {
            auto& day = history.days.at(count_in(row, 0));
            day.backups = count_in(row, 1);
            day.plain_bytes = count_in(row, 2);
            day.stored_bytes = count_in(row, 3);
        }
        return {};
    }

    /// What lay there before the first day, and then what came and went with each.
    Status count_stores(History& history) {
        DS_TRY(const auto stores,
               session_.run("SELECT id, name FROM stores WHERE organization = ? ORDER BY name",
                            {organization_}));
        std::map<std::string, std::vector<std::int64_t>> change;  // by store: before, then by day
        DS_DO(add_before(change));
        DS_DO(add_by_day(change, "copies", "created", 1));
        DS_DO(add_by_day(change, gone, "changed", -1));
        for (const auto& row : stores) {
            StoreHistory one{sql::text_of(row.at(0)), sql::text_of(row.at(1)), {}};
            auto& changes = change[one.store];
            changes.resize(days_.size() + 1);
            std::int64_t stored = changes[0];
            for (std::size_t at = 1; at < changes.size(); ++at) {
                stored += changes[at];
                one.stored_bytes.push_back(
                    static_cast<std::uint64_t>(std::max<std::int64_t>(stored, 0)));
            }
            history.stores.push_back(std::move(one));
        }
        return {};
    }

    using Changes = std::map<std::string, std::vector<std::int64_t>>;
    static constexpr std::string_view gone =
        "(SELECT * FROM copies WHERE state IN ('removed', 'missing'))";

    Status add(Changes& changes, const std::vector<sql::Row>& rows, int sign) {
        for (const auto& row : rows) {
            auto& of_store = changes[sql::text_of(row.at(1))];
            of_store.resize(days_.size() + 1);
            of_store.at(count_in(row, 0)) += sign * sql::number_of(row.at(2));
        }
        return {};
    }

    Status add_by_day(Changes& changes, std::string_view table, std::string_view moment, int sign) {
        DS_TRY(auto rows, ask("t.store, sum(t.stored_bytes)", table, moment, ", t.store"));
        for (auto& row : rows) row[0] = sql::number_of(row[0]) + 1;
        return add(changes, rows, sign);
    }

    Status add_before(Changes& changes) {
        DS_TRY(const auto came, sums_before("created < ?"));
        DS_TRY(const auto went, sums_before("changed < ? AND state IN ('removed', 'missing')"));
        DS_DO(add(changes, came, 1));
        return add(changes, went, -1);
    }

    /// Grouped by an expression, so that SQLite looks for the moment in an index and not for the
    /// store.
    Result<std::vector<sql::Row>> sums_before(std::string_view condition) {
        return session_.run(fmt::format("SELECT 0, store || '', sum(stored_bytes) FROM copies "
                                        "WHERE organization = ? AND {} GROUP BY store || ''",
                                        condition),
                            {organization_, days_.front().begins});
    }

    static Status add_backup(DatabaseDay& day, const sql::Row& row) {
        DS_TRY(const auto taken, from_rfc3339(sql::text_of(row.at(0))));
        DS_TRY(const auto finished, from_rfc3339(sql::text_of(row.at(1))));
        const auto took = std::chrono::duration_cast<std::chrono::seconds>(finished - taken);
        const auto seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0));
        ++day.backups;
        day.seconds_mean += seconds;  // the sum, until all are in
        day.seconds_max = std::max(day.seconds_max, seconds);
        day.plain_bytes = count_in(row, 2);
        day.stored_bytes = count_in(row, 3);
        day.rows = count_in(row, 4);
        return {};
    }
};

Result<std::vector<Day>> days_of(catalog::Session& session, const Services& services,
                                 const Call& call) {
    DS_TRY(const auto settings,
           jobs::settings_of(session, services.office, call.caller.organization));
    return read_days(call, settings.zone, services.now());
}

Result<Reply> history(const Services& services, const Call& call) {
    DS_TRY(const auto answer, services.read([&](catalog::Session& session) -> Result<History> {
        DS_TRY(const auto days, days_of(session, services, call));
        return Historian{session, call.caller.organization, days}.everything();
    }));
    return Reply{200, json::to_value(answer), {}, {}};
}

Result<Reply> database_history(const Services& services, const Call& call) {
    DS_TRY(const auto answer,
           services.read([&](catalog::Session& session) -> Result<DatabaseHistory> {
               DS_TRY(const auto database,
                      catalog::databases.get(session, call.caller.organization, call.id()));
               DS_TRY(const auto days, days_of(session, services, call));
               return Historian{session, database.organization, days}.of_database(database.id);
           }));
    return Reply{200, json::to_value(answer), {}, {}};
}

}  // namespace

void add_history(Router& router, const Services& services) {
    router.add({"GET",
                "/api/v1/statistics/history",
                Scope::read,
                "overview",
                "Runs, backups and what each store held, day by day",
                {},
                shape<History>(),
                200,
                false,
                [&services](const Call& call) { return history(services, call); },
                day_options()});
    router.add({"GET",
                "/api/v1/databases/{id}/history",
                Scope::read,
                "databases",
                "How long a database's backups took and how large they were, day by day",
                {},
                shape<DatabaseHistory>(),
                200,
                false,
                [&services](const Call& call) { return database_history(services, call); },
                day_options()});
}

}  // namespace ds::api
