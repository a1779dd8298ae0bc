#include "jobs/service/overview.hpp"

#include "policy/protection.hpp"
#include "policy/schedule.hpp"

namespace ds::jobs {
namespace {

constexpr int lateness = 2;  // a recovery point may be so many intervals of its schedule old
constexpr int databases_max = 10'000;

/// What of the plans counts for one database.
struct Planned {
    bool any = false;
    bool paused = true;  // all of them
    std::chrono::seconds interval{};
    std::chrono::seconds proof_interval{};
};

std::chrono::seconds interval_of(const std::string& text, const std::string& zone_name,
                                 catalog::Time now) {
    if (text.empty()) return {};
    const auto schedule = policy::Schedule::parse(text);
    const auto zone = policy::Zone::find(zone_name);
    if (!schedule || !zone) return {};
    const auto next = schedule->upcoming(now, *zone, 3);
    std::chrono::seconds longest{};
    for (std::size_t at = 1; at < next.size(); ++at)
        longest = std::max(
            longest, std::chrono::duration_cast<std::chrono::seconds>(next[at] - next[at - 1]));
    return longest;
}

std::chrono::seconds shorter(std::chrono::seconds a, std::chrono::seconds b) {
    if (a.count() == 0 || b.count() == 0) return std::max(a, b);
    return std::min(a, b);
}

class Overview {
public:
    Overview(catalog::Session& session, std::string organization, catalog::Time now)
        : session_{session}, organization_{std::move(organization)}, now_{now} {}

    Result<std::vector<ProtectedDatabase>> databases() {
        DS_DO(read_plans());
        DS_DO(read_backups());
        DS_DO(read_failures());
        DS_TRY(const auto rows,
               catalog::databases.select(
                   session_,
                   fmt::format("WHERE organization = ? AND archived = 0 ORDER BY name, id LIMIT {}",
                               databases_max),
                   {organization_}));
        std::vector<ProtectedDatabase> all;
        for (const auto& row : rows) all.push_back(judged(row));
        return all;
    }

    Result<Statistics> statistics() {
        Statistics statistics;
        DS_TRY(const auto all, databases());
        statistics.databases = all.size();
        for (const char* word : {"protected", "at_risk", "unprotected", "paused"})
            statistics.protection[word] = 0;
        for (const auto& one : all) ++statistics.protection[one.protection];
        DS_DO(count_backups(statistics));
        DS_DO(count_runs(statistics));
        DS_DO(count_stores(statistics));
        return statistics;
    }

private:
    catalog::Session& session_;
    std::string organization_;
    catalog::Time now_;
    std::map<std::string, Planned> planned_;
    std::map<std::string, ProtectedDatabase> known_;  // what backups say
    std::map<std::string, bool> proof_ok_;
    std::map<std::string, bool> last_failed_;

    Status read_plans() {
        DS_TRY(const auto plans,
               catalog::plans.select(session_, "WHERE organization = ?", {organization_}));
        for (const auto& plan : plans) {
            const auto interval = interval_of(plan.schedule, plan.zone, now_);
            const auto proof = interval_of(plan.verify_schedule, plan.zone, now_);
            for (const auto& id : plan.databases) {
                auto& planned = planned_[id];
                planned.any = true;
                if (plan.paused) continue;
                planned.paused = false;
                planned.interval = shorter(planned.interval, interval);
                planned.proof_interval = shorter(planned.proof_interval, proof);
            }
        }
        return {};
    }

    Status read_backups() {
        DS_TRY(const auto sums,
               session_.run("SELECT b.\"database\", count(DISTINCT b.id), sum(c.stored_bytes) FROM "
                            "backups b JOIN copies c ON c.organization = b.organization AND "
                            "c.backup = b.id AND c.state IN ('complete', 'condemned') WHERE "
                            "b.organization = ? GROUP BY b.\"database\"",
                            {organization_}));
        for (const auto& row : sums) {
            auto& known = known_[sql::text_of(row.at(0))];
            known.backups = static_cast<std::uint64_t>(sql::number_of(row.at(1)));
            known.stored_bytes = static_cast<std::uint64_t>(sql::number_of(row.at(2)));
        }
        // The newest few of each database: one that is good, and one that was tried.
        DS_TRY(const auto databases,
               session_.run("SELECT id FROM databases WHERE organization = ? AND archived = 0",
                            {organization_}));
        for (const auto& row : databases) DS_DO(read_newest(sql::text_of(row.at(0))));
        return {};
    }

    Status read_newest(const std::string& database) {
        DS_TRY(const auto newest,
               catalog::backups.select(
                   session_,
                   "WHERE organization = ? AND \"database\" = ? AND EXISTS (SELECT 1 FROM copies c "
                   "WHERE c.organization = backups.organization AND c.backup = backups.id AND "
                   "c.state IN ('complete', 'condemned')) ORDER BY taken DESC LIMIT 30",
                   {organization_, database}));
        auto& known = known_[database];
        for (const auto& backup : newest) {
            if (known.last_good.empty() && model::is_recovery_point(backup))
                known.last_good = backup.taken;
            if (backup.proof.at > known.last_proof) {
                known.last_proof = backup.proof.at;
                proof_ok_[database] = !backup.proof.damaged;
            }
        }
        return {};
    }

    Status read_failures() {
        DS_TRY(const auto rows,
               session_.run("SELECT r.\"database\", r.state FROM runs r JOIN (SELECT \"database\" "
                            "AS d, max(id) AS newest FROM runs WHERE organization = ? AND kind = "
                            "'backup' AND state IN ('succeeded', 'partly', 'failed') GROUP BY "
                            "\"database\") n ON n.newest = r.id",
                            {organization_}));
        for (const auto& row : rows)
            last_failed_[sql::text_of(row.at(0))] = sql::text_of(row.at(1)) == "failed";
        return {};
    }

    ProtectedDatabase judged(const model::Database& row) {
        auto one = known_[row.id];
        one.database = row.id;
        one.name = row.name;
        one.server = row.server;
        const auto& planned = planned_[row.id];
        policy::ProtectionFacts facts;
        if (const auto taken = from_rfc3339(one.last_good)) facts.last_good = *taken;
        if (const auto proof = from_rfc3339(one.last_proof)) facts.last_proof = *proof;
        facts.last_proof_ok = proof_ok_[row.id];
        facts.target_age = planned.interval * lateness;
        facts.proof_due_after = planned.proof_interval * lateness;
        facts.paused = row.paused || (planned.any && planned.paused);
        facts.last_run_failed = last_failed_[row.id];
        const auto verdict = policy::judge(facts, now_);
        one.protection = policy::name_of(verdict.protection);
        one.reason = verdict.reason;
        return one;
    }

    Status count_backups(Statistics& statistics) {
        for (const auto& [_, known] : known_) {
            statistics.backups += known.backups;
            statistics.stored_bytes += known.stored_bytes;
        }
        return {};
    }

    Status count_runs(Statistics& statistics) {
        DS_TRY(
            const auto today,
            session_.run("SELECT state, count(*) FROM runs WHERE organization = ? AND created > ? "
                         "GROUP BY state",
                         {organization_, rfc3339(now_ - std::chrono::hours{24})}));
        for (const auto& row : today)
            statistics.runs_today[sql::text_of(row.at(0))] =
                static_cast<std::uint64_t>(sql::number_of(row.at(1)));
        DS_TRY(const auto open,
               session_.run("SELECT state, count(*) FROM runs WHERE organization = ? AND state IN "
                            "('queued', 'running') GROUP BY state",
                            {organization_}));
        for (const auto& row : open) {
            auto& count = sql::text_of(row.at(0)) == "queued" ? statistics.runs_waiting
                                                              : statistics.runs_running;
            count = static_cast<std::uint64_t>(sql::number_of(row.at(1)));
        }
        return {};
    }

    Status count_stores(Statistics& statistics) {
        DS_TRY(const auto rows,
               session_.run("SELECT s.id, s.name, s.bytes_max, count(c.id), "
                            "coalesce(sum(c.stored_bytes), 0) FROM stores s LEFT JOIN copies c ON "
                            "c.organization = s.organization AND c.store = s.id AND c.state IN "
                            "('complete', 'condemned') WHERE s.organization = ? GROUP BY s.id, "
                            "s.name, s.bytes_max ORDER BY s.name",
                            {organization_}));
        for (const auto& row : rows) {
            const auto number = [&](std::size_t at) {
                return static_cast<std::uint64_t>(sql::number_of(row.at(at)));
            };
            statistics.stores.push_back({sql::text_of(row.at(0)), sql::text_of(row.at(1)),
                                         number(3), number(4), number(2)});
        }
        return {};
    }
};

}  // namespace

Result<std::vector<ProtectedDatabase>> protection_of(catalog::Session& session,
                                                     const std::string& organization,
                                                     catalog::Time now) {
    return Overview{session, organization, now}.databases();
}

Result<Statistics> statistics_of(catalog::Session& session, const std::string& organization,
                                 catalog::Time now) {
    return Overview{session, organization, now}.statistics();
}

}  // namespace ds::jobs
