#include "jobs/service/scheduler.hpp"

#include <set>

#include <gtest/gtest.h>

#include "jobs/testing/own_office.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using testing::OwnOffice;

class Ticking : public ::testing::Test {
protected:
    OwnOffice own{*from_rfc3339("2026-03-01T00:00:00Z")};
    Office office = own.office();
    Events events{office};
    model::Database database;

    void SetUp() override {
        model::Server server;
        server.name = "db";
        server = own.insert(catalog::servers, server);
        database.name = "shop";
        database.server = server.id;
        database = own.insert(catalog::databases, database);
    }
    model::Plan plan(const std::string& schedule, model::Overlap overlap = model::Overlap::queue) {
        model::Plan plan;
        plan.name = "plan " + schedule;
        plan.databases = {database.id};
        plan.schedule = schedule;
        plan.overlap = overlap;
        EXPECT_TRUE(plan_ahead(plan, own.clock.now()));
        return own.insert(catalog::plans, plan);
    }
    std::size_t look() {
        const auto entered = tick(office, events);
        EXPECT_TRUE(entered) << entered.error().message();
        return entered.value_or(0);
    }
    std::vector<model::Run> runs() { return own.rows(catalog::runs, "ORDER BY scheduled_for"); }
};

TEST_F(Ticking, enters_each_moment_once_however_often_it_looks) {
    plan("0 * * * *");
    for (int second = 0; second < 3 * 3600; second += 300) {
        look();
        look();
        own.clock.advance(300s);
    }
    const auto all = runs();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].scheduled_for, "2026-03-01T01:00:00Z");
    EXPECT_EQ(all[1].scheduled_for, "2026-03-01T02:00:00Z");
    EXPECT_EQ(all[0].trigger, model::Trigger::schedule);
}

TEST_F(Ticking, R04_catches_up_once_after_downtime) {
    plan("0 * * * *");
    own.clock.advance(std::chrono::hours{100} + 30min);
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(look(), 0U);
    EXPECT_EQ(runs().at(0).trigger, model::Trigger::catch_up);
    EXPECT_EQ(runs().at(0).scheduled_for, "2026-03-05T04:00:00Z");
    EXPECT_EQ(own.rows(catalog::plans).at(0).next_run, "2026-03-05T05:00:00Z");
    EXPECT_EQ(runs().at(0).warnings.at(0), "stands for 99 earlier moments too, which were missed");
}

TEST_F(Ticking, a_moment_that_comes_again_when_the_clock_steps_back_is_passed_over) {
    plan("0 * * * *");
    own.clock.advance(1h);
    ASSERT_EQ(look(), 1U);
    own.clock.advance(-30min);
    auto changed = own.rows(catalog::plans).at(0);
    ASSERT_TRUE(plan_ahead(changed, own.clock.now()));
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::plans.update(session, changed); }));
    own.clock.advance(30min);
    EXPECT_EQ(look(), 0U);
    EXPECT_EQ(own.rows(catalog::plans).at(0).next_run, "2026-03-01T02:00:00Z");
    own.clock.advance(1h);
    EXPECT_EQ(look(), 1U);
}

TEST_F(Ticking, R03_skips_when_the_plan_says_so_and_one_is_still_at_work) {
    plan("0 * * * *", model::Overlap::skip);
    own.clock.advance(1h);
    EXPECT_EQ(look(), 1U);
    own.clock.advance(1h);
    EXPECT_EQ(look(), 0U);
    EXPECT_EQ(own.rows(catalog::plans).at(0).next_run, "2026-03-01T03:00:00Z");
    const auto left_out = runs().at(1);
    EXPECT_EQ(left_out.state, model::RunState::cancelled);
    EXPECT_EQ(left_out.scheduled_for, "2026-03-01T02:00:00Z") << "a moment left out is on record";
    EXPECT_TRUE(left_out.error.starts_with("skipped"));
}

TEST_F(Ticking, leaves_out_what_is_paused_or_archived) {
    plan("0 * * * *");
    database.paused = true;
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::databases.update(session, database); }));
    own.clock.advance(1h);
    EXPECT_EQ(look(), 0U);
}

TEST_F(Ticking, a_plan_that_is_wrong_is_named) {
    model::Plan wrong;
    wrong.schedule = "61 * * * *";
    EXPECT_EQ(plan_ahead(wrong, own.clock.now()).error().code(), Code::invalid);
    wrong.schedule = "@daily";
    wrong.zone = "Mars/Olympus";
    EXPECT_EQ(plan_ahead(wrong, own.clock.now()).error().code(), Code::invalid);
}

TEST_F(Ticking, P03_starts_are_spread_over_a_plans_jitter) {
    std::set<std::string> starts;
    for (int at = 0; at < 20; ++at) {
        model::Plan spread;
        spread.id = catalog::new_id(own.clock.now());
        spread.schedule = "0 2 * * *";
        spread.jitter_seconds = 3600;
        ASSERT_TRUE(plan_ahead(spread, own.clock.now()));
        EXPECT_GE(spread.next_run, "2026-03-01T02:00:00Z");
        EXPECT_LE(spread.next_run, "2026-03-01T03:00:00Z");
        starts.insert(spread.next_run);
    }
    EXPECT_GT(starts.size(), 10U);
}

TEST_F(Ticking, a_year_of_a_plan_passes_in_seconds) {
    auto daily = plan("15 2 * * *");
    daily.zone = "Europe/Berlin";
    ASSERT_TRUE(plan_ahead(daily, own.clock.now()));
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::plans.update(session, daily); }));
    for (int hour = 0; hour < 365 * 24; ++hour) {
        own.clock.advance(1h);
        look();
    }
    const auto all = runs();
    std::set<std::string> days;
    for (const auto& run : all) {
        days.insert(run.scheduled_for.substr(0, 10));
        const auto at = run.scheduled_for.substr(11);
        // On 29 March there is no 02:15 in Berlin, and it runs when the clocks have gone forward.
        EXPECT_TRUE(at == "01:15:00Z" || at == "00:15:00Z" ||
                    run.scheduled_for == "2026-03-29T01:00:00Z")
            << run.scheduled_for;
    }
    EXPECT_EQ(all.size(), 365U);
    EXPECT_EQ(days.size(), 365U) << "every day once";
}

}  // namespace
}  // namespace ds::jobs
