#include "server/demo/seed.hpp"

#include <random>

#include "catalog/tables.hpp"
#include "crypto/password.hpp"
#include "model/backup_name.hpp"

namespace ds::server {
namespace {

using namespace std::chrono_literals;
using catalog::Session;
using catalog::Time;

constexpr int days = 60;
constexpr const char* recipient = "age1demodemodemodemodemodemodemodemodemodemodemodemodemodemode";

struct Sample {
    const char* server;
    const char* database;
    std::uint64_t megabytes;
    int fails_every;  // days; 0: never
    bool proven;
};
constexpr std::array samples{Sample{"eu-main", "shop", 18'400, 0, true},
                             Sample{"eu-main", "billing", 3'900, 0, true},
                             Sample{"eu-main", "sessions", 420, 19, true},
                             Sample{"eu-reports", "warehouse", 212'000, 13, true},
                             Sample{"us-main", "shop_us", 9'700, 0, true},
                             Sample{"us-main", "legacy_crm", 1'250, 2, false}};

/// One organization, day by day.
class Seeding {
public:
    Seeding(Session& session, Time now)
        : session_{session},
          now_{now},
          midnight_{std::chrono::floor<std::chrono::days>(now)},
          at_{midnight_ - std::chrono::days{days + 1}} {}

    Status all() {
        DS_DO(people());
        DS_DO(stores());
        for (const auto& sample : samples) DS_DO(protect(sample));
        return {};
    }

private:
    Session& session_;
    const Time now_, midnight_;
    Time at_;  // when the next row is made: ids follow the clock
    std::mt19937 chance_{2026};
    std::string organization_, disk_, bucket_, key_;
    std::map<std::string, std::string> servers_;

    template <class T>
    T made(T row = {}) {
        catalog::begin_record(row, organization_, at_);
        return row;
    }

    Status people() {
        model::Organization tenant;
        catalog::begin_record(tenant, {}, at_);
        organization_ = tenant.organization = tenant.id;
        tenant.name = "Example Traders";
        DS_DO(catalog::organizations.insert(session_, tenant));
        auto user = made<model::User>();
        user.name = demo_user;
        user.role = model::Role::viewer;
        DS_TRY(user.password_hash, crypto::hash_password(demo_password));
        return catalog::users.insert(session_, user);
    }

    Status stores() {
        auto disk = made<model::Store>();
        disk.name = "rack-nas";
        disk.url = "file:///demo/rack-nas";
        disk_ = disk.id;
        DS_DO(catalog::stores.insert(session_, disk));
        auto bucket = made<model::Store>();
        bucket.name = "offsite";
        bucket.url = "s3://example-backups/main?endpoint=https://s3.example.invalid";
        bucket.labels = {{"place", "other-region"}};
        bucket_ = bucket.id;
        DS_DO(catalog::stores.insert(session_, bucket));
        auto key = made<model::Key>();
        key.name = "recovery-2026";
        key.recipient = recipient;
        key_ = key.id;
        return catalog::keys.insert(session_, key);
    }

    Result<std::string> server(const std::string& name) {
        if (const auto known = servers_.find(name); known != servers_.end()) return known->second;
        auto row = made<model::Server>();
        row.name = name;
        row.url = "postgres://backup@" + name + ".example.invalid:5432/?sslmode=verify-full";
        row.labels = {{"env", "prod"}};
        DS_DO(catalog::servers.insert(session_, row));
        return servers_[name] = row.id;
    }

    Status protect(const Sample& sample) {
        at_ = midnight_ - std::chrono::days{days + 1};
        auto database = made<model::Database>();
        DS_TRY(database.server, server(sample.server));
        database.name = sample.database;
        database.source_id = std::string{"demo-"} + sample.server;
        DS_DO(catalog::databases.insert(session_, database));
        auto plan = made<model::Plan>();
        plan.name = std::string{sample.database} + " nightly";
        plan.databases = {database.id};
        model::Retention retention;
        retention.daily = 7;
        retention.weekly = 4;
        retention.monthly = 12;
        plan.destinations = {{disk_, retention}, {bucket_, retention}};
        plan.schedule = "15 2 * * *";
        plan.keys = {key_};
        plan.verify_schedule = "@weekly";
        plan.next_run = rfc3339(midnight_ + 26h + 15min);
        DS_DO(catalog::plans.insert(session_, plan));
        for (int day = days; day >= 0; --day) DS_DO(one_day(sample, database, plan, day));
        return {};
    }

    Status one_day(const Sample& sample, const model::Database& database, const model::Plan& plan,
                   int days_ago) {
        at_ = midnight_ - std::chrono::days{days_ago} + 2h + 15min;
        if (at_ > now_) return {};
        const bool failed = sample.fails_every > 0 && days_ago % sample.fails_every == 1;
        auto run = made<model::Run>();
        run.trigger = model::Trigger::schedule;
        run.plan = plan.id;
        run.database = database.id;
        run.server = database.server;
        run.scheduled_for = run.started = rfc3339(at_);
        run.stores = {disk_, bucket_};
        const auto plain = grown(sample.megabytes, days_ago);
        const auto took = std::chrono::seconds{20 + static_cast<int>(plain / (80 * MiB))};
        run.finished = run.changed = rfc3339(at_ + took);
        run.state = failed ? model::RunState::failed : model::RunState::succeeded;
        if (failed) {
            run.error = "the server does not accept connections";
            run.error_code = "unavailable";
            return catalog::runs.insert(session_, run);
        }
        DS_TRY(run.backup, backup(sample, database, run, plain, days_ago));
        return catalog::runs.insert(session_, run);
    }

    /// Databases grow, and not evenly.
    std::uint64_t grown(std::uint64_t megabytes, int days_ago) {
        const auto full = megabytes * MiB;
        const auto smaller = full / 400 * static_cast<std::uint64_t>(days_ago);
        return full - smaller + full / 500 * (chance_() % 5);
    }

    Result<std::string> backup(const Sample& sample, const model::Database& database,
                               const model::Run& run, std::uint64_t plain, int days_ago) {
        auto row = made<model::Backup>();
        row.name = model::make_backup_name(at_) + "-" + sample.database;
        row.database = database.id;
        row.plan = run.plan;
        row.run = run.id;
        row.engine = "postgres";
        row.method = "logical";
        row.source_id = database.source_id;
        row.trigger = "schedule";
        row.taken = run.started;
        row.finished = run.finished;
        row.plain_bytes = plain;
        row.stored_bytes = plain / 4;
        row.tables = 40 + sample.megabytes % 60;
        row.rows = plain / 180;
        row.server_version = "17.5";
        row.tool_version = "pg_dump (PostgreSQL) 17.5";
        row.compression = "zstd:3";
        row.recipients = {recipient};
        if (sample.proven && days_ago % 7 == 0) {
            row.proof.level = 4;
            row.proof.at = run.finished;
            row.proof.milliseconds = plain / (90 * KiB);
            row.proof.store = disk_;
        }
        DS_DO(catalog::backups.insert(session_, row));
        for (const auto& store : {disk_, bucket_}) {
            auto copy = made<model::Copy>();
            copy.backup = row.id;
            copy.store = store;
            copy.stored_bytes = row.stored_bytes;
            copy.state = days_ago <= 7 || days_ago % 7 == 0 ? model::CopyState::complete
                                                            : model::CopyState::removed;
            DS_DO(catalog::copies.insert(session_, copy));
        }
        return row.id;
    }
};

}  // namespace

Status seed_demo(Session& session, Time now) { return Seeding{session, now}.all(); }

}  // namespace ds::server
