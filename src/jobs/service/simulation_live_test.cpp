#include <random>
#include <set>

#include <gtest/gtest.h>

#include "archive/layout.hpp"
#include "catalog/run_queue.hpp"
#include "jobs/service/holding.hpp"
#include "jobs/service/journal.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/run_ending.hpp"
#include "jobs/service/scheduler.hpp"
#include "jobs/service/work.hpp"
#include "jobs/testing/own_office.hpp"
#include "policy/schedule.hpp"

// Three days of fifty databases on a clock that is set by hand, with a server that dies at random:
// every moment of every schedule is served once, retention is what its rules say, and the store
// holds what the catalog knows and nothing else. Only the dumping itself is left out.
namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using testing::OwnOffice;

constexpr auto span = std::chrono::hours{72};
constexpr auto step = 5min;
constexpr int databases = 50;
constexpr const char* schedules[] = {"0 * * * *", "15 */6 * * *", "30 2 * * *"};
constexpr const char* zones[] = {"UTC", "Europe/Berlin", "America/New_York"};

class Simulation : public ::testing::Test {
protected:
    // Over the night in which clocks go forward in Berlin.
    OwnOffice own{*from_rfc3339("2026-03-27T12:00:00Z")};
    Office office = own.office();
    std::unique_ptr<Events> events = std::make_unique<Events>(office);
    std::mt19937 chance{20260327};  // a seed, so that a failure comes again
    catalog::QueueLimits limits{.runs_max = 4, .lease = 60s};
    sys::Run run = sys::plain_run();
    catalog::Time begin = own.clock.now();
    model::Store store;
    std::unique_ptr<stores::Store> opened;
    int kills = 0;
    bool dies = true;

    void SetUp() override {
        store.name = "disk";
        store.url = "file://" + (own.directory / "store").string();
        store = own.insert(catalog::stores, store);
        auto one = open_store(office, store, run);
        ASSERT_TRUE(one) << one.error().message();
        opened = std::move(*one);
        model::Server server;
        server.name = "db";
        server.runs_max = 4;
        server = own.insert(catalog::servers, server);
        for (int at = 0; at < databases; ++at) add_database(server.id, at);
    }

    void add_database(const std::string& server, int number) {
        model::Database database;
        database.name = fmt::format("db{}", number);
        database.server = server;
        database.source_id = fmt::format("source-{}", number);
        database = own.insert(catalog::databases, database);
        model::Plan plan;
        plan.name = fmt::format("plan{}", number);
        plan.databases = {database.id};
        plan.destinations = {{store.id, {.keep_last = 2, .daily = 2}}};
        plan.schedule = schedules[number % 3];
        plan.zone = zones[number / 3 % 3];
        plan.encrypted = false;
        plan.attempts_max = 10;
        ASSERT_TRUE(plan_ahead(plan, own.clock.now()));
        own.insert(catalog::plans, plan);
    }

    bool happens(int percent) { return std::uniform_int_distribution<>{0, 99}(chance) < percent; }

    Status put(const std::string& key) {
        DS_TRY(auto sink, opened->create(key, {}));
        DS_DO(sink->write(view_of(std::string_view{"content"})));
        return sink->finish();
    }

    /// What a dump leaves, without the dump.
    Result<Outcome> pretend_backup(const model::Run& order) {
        Outcome outcome;
        model::Backup row;
        catalog::begin_record(row, order.organization, office.now());
        row.name = row.id;
        row.database = order.database;
        row.plan = order.plan;
        row.run = order.id;
        row.taken = rfc3339(office.now());
        row.source_id = "source-of-" + lower(order.database);
        const archive::Place place{row.source_id, row.id};
        DS_DO(put(place.key("database.dump")));
        DS_DO(put(place.key(archive::manifest_object)));
        model::Copy copy;
        catalog::begin_record(copy, order.organization, office.now());
        copy.backup = row.id;
        copy.store = store.id;
        copy.stored_bytes = 14;
        outcome.backup = row.id;
        outcome.record = [row, copy](catalog::Session& session) -> Status {
            DS_DO(catalog::backups.insert(session, row));
            return catalog::copies.insert(session, copy);
        };
        return outcome;
    }

    /// The server dies before, or in the middle of, or after the work of a run; or it does not.
    void serve_queue() {
        for (;;) {
            auto claimed = catalog::claim_run(own.catalog(), office.name, office.now(), limits);
            ASSERT_TRUE(claimed) << claimed.error().message();
            if (!*claimed) return;
            if (dies && happens(3)) {
                die();
                return;
            }
            auto outcome = (*claimed)->kind == model::RunKind::backup
                               ? pretend_backup(**claimed)
                               : prune_work(office, **claimed, run);
            ASSERT_TRUE(outcome) << outcome.error().message();
            Journal journal{own.clock};
            end_run(office, *events, **claimed, Verdict::none, std::move(outcome), journal);
            if (dies && happens(1)) {
                die();
                return;
            }
        }
    }

    /// A new server under a new name knows nothing of the old one but what the catalog says.
    void die() {
        ++kills;
        own.name = fmt::format("server-{}", kills);
        events.reset();
        office.name = own.name;
        events = std::make_unique<Events>(office);
        own.clock.advance(std::chrono::seconds{std::uniform_int_distribution<>{1, 240}(chance)});
    }

    void live(catalog::Time until) {
        while (own.clock.now() < until) {
            const auto entered = tick(office, *events);
            ASSERT_TRUE(entered) << entered.error().message();
            ASSERT_TRUE(catalog::reap_runs(own.catalog(), office.now()));
            serve_queue();
            own.clock.advance(step);
        }
    }

    std::set<std::string> moments(const model::Plan& plan) {
        const auto schedule = policy::Schedule::parse(plan.schedule);
        const auto zone = policy::Zone::find(plan.zone);
        std::set<std::string> all;
        auto at = schedule->next(begin, *zone);
        for (; at && *at <= begin + span; at = schedule->next(*at, *zone)) all.insert(rfc3339(*at));
        return all;
    }
};

TEST_F(Simulation, three_days_with_a_server_that_dies) {
    live(begin + span);
    dies = false;
    live(own.clock.now() + 2h);  // what is still open comes to its end

    const auto plans = own.rows(catalog::plans);
    const auto runs = own.rows(catalog::runs);
    std::map<std::string, std::set<std::string>> served;
    for (const auto& one : runs) {
        if (one.kind != model::RunKind::backup || one.state != model::RunState::succeeded) continue;
        if (one.scheduled_for > rfc3339(begin + span)) continue;
        EXPECT_TRUE(served[one.plan].insert(one.scheduled_for).second)
            << "twice: " << one.plan << " at " << one.scheduled_for;
    }
    for (const auto& plan : plans)
        EXPECT_EQ(served[plan.id], moments(plan)) << plan.schedule << " in " << plan.zone;
    EXPECT_GT(kills, 20);

    // The store holds what the catalog says.
    std::set<std::string> expected;
    std::map<std::string, model::Backup> backups;
    for (auto& backup : own.rows(catalog::backups)) backups.emplace(backup.id, backup);
    for (const auto& copy : own.rows(catalog::copies)) {
        if (copy.state == model::CopyState::removed) continue;
        const auto& backup = backups.at(copy.backup);
        const archive::Place place{backup.source_id, backup.id};
        expected.insert(place.key("database.dump"));
        expected.insert(place.key(archive::manifest_object));
    }
    std::set<std::string> found;
    ASSERT_TRUE(opened->list("v1/", [&](const stores::ObjectInfo& object) -> Status {
        found.insert(object.key);
        return {};
    }));
    EXPECT_EQ(found, expected);

    // What stays is what the rules keep.
    for (const auto& plan : plans) {
        const auto holding = own.catalog().read([&](catalog::Session& session) {
            return read_holding(session, OwnOffice::tenant, plan.databases[0],
                                plan.destinations[0]);
        });
        ASSERT_TRUE(holding);
        const auto candidates = candidates_of(*holding);
        const auto zone = policy::Zone::find(plan.zone);
        const auto decisions =
            policy::decide(holding->destination.retention, *candidates, office.now(), *zone);
        ASSERT_TRUE(decisions);
        for (std::size_t at = 0; at < decisions->size(); ++at) {
            EXPECT_EQ((*decisions)[at].keep,
                      holding->copies[at].state == model::CopyState::complete)
                << plan.name;
        }
    }
}

}  // namespace
}  // namespace ds::jobs
