#include <ctime>

#include <gtest/gtest.h>

#include "jobs/service/scheduler.hpp"
#include "jobs/testing/own_office.hpp"
#include "sys/testing/pg_server.hpp"

// What many plans cost while nothing, or little, is due. DS_PLANS says how many.
namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using testing::OwnOffice;

constexpr double core_max = 0.01;
constexpr int seconds_simulated = 300;

int plans_wanted() {
    const char* text = std::getenv("DS_PLANS");
    return text == nullptr ? 100'000 : std::atoi(text);
}

/// Nine plans of ten are daily, at any minute of the day; one is hourly. One of ten has proofs.
Status enter_plans(catalog::Session& session, int count, const std::string& first_due) {
    const bool postgres = session.dialect() == sql::Dialect::postgres;
    const auto numbers = postgres
                             ? fmt::format("SELECT n FROM generate_series(1, {}) n", count)
                             : fmt::format(
                                   "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s "
                                   "WHERE n < {}) SELECT n FROM s",
                                   count);
    const auto due = [&](const char* modulus) {
        return postgres
                   ? fmt::format(
                         "to_char(timestamp '{}' + (n % {}) * interval '1 second', "
                         "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
                         first_due, modulus)
                   : fmt::format("strftime('%Y-%m-%dT%H:%M:%SZ', '{}', (n % {}) || ' seconds')",
                                 first_due, modulus);
    };
    DS_DO(session.script(fmt::format(
        "INSERT INTO databases (\"id\", \"organization\", \"created\", \"changed\", \"version\", "
        "\"server\", \"name\", \"source_id\", \"paused\", \"archived\", \"labels\", \"notes\") "
        "SELECT "
        "'d' || n, 'tenant', '', '', 1, 's' || (n % 1000), 'db' || n, '', 0, 0, '{{}}', '' FROM "
        "({}) "
        "AS numbers",
        numbers)));
    DS_DO(session.script(fmt::format(
        "INSERT INTO plans (\"id\", \"organization\", \"created\", \"changed\", \"version\", "
        "\"name\", "
        "\"databases\", \"destinations\", \"schedule\", \"zone\", \"jitter_seconds\", "
        "\"compression\", "
        "\"keys\", \"encrypted\", \"verify_schedule\", \"verify_level\", \"attempts_max\", "
        "\"stall_seconds\", \"overlap\", \"paused\", \"labels\", \"notes\", \"last_scheduled\", "
        "\"next_run\", \"last_verify\", \"next_verify\", \"watched_since\") SELECT 'p' || n, "
        "'tenant', '', "
        "'', 1, 'plan' || n, '[\"d' || n || '\"]', '[]', CASE WHEN n % 10 = 0 THEN (n % 60) || ' * "
        "* * *' "
        "ELSE (n % 60) || ' ' || (n / 60 % 24) || ' * * *' END, CASE WHEN n % 2 = 0 THEN "
        "'Europe/Berlin' "
        "ELSE 'America/New_York' END, 0, 'zstd:3', '[]', 0, CASE WHEN n % 10 = 1 THEN '@weekly' "
        "ELSE '' "
        "END, 1, 3, 300, 'queue', 0, '{{}}', '', '2026-03-01T00:00:00Z', CASE WHEN n % 10 = 0 THEN "
        "{} "
        "ELSE {} END, '2026-03-01T00:00:00Z', CASE WHEN n % 10 = 1 THEN {} ELSE '' END, "
        "'2026-03-01T00:00:00Z' FROM ({}) AS numbers",
        due("3600"), due("86400"), due("604800"), numbers)));
    return session.script("ANALYZE");
}

/// Seconds of processor time of this process, a second of the clock.
void measure(OwnOffice& own) {
    const auto office = own.office();
    Events events{office};
    ASSERT_TRUE(own.catalog().write([&](catalog::Session& session) {
        return enter_plans(session, plans_wanted(), "2026-03-02T00:00:00");
    }));
    std::size_t entered = 0;
    const auto began = std::clock();
    for (int second = 0; second < seconds_simulated; ++second) {
        own.clock.advance(1s);
        ASSERT_TRUE(catalog::take_lease(own.catalog(), "scheduler", "me", own.clock.now(), 15s));
        const auto some = tick(office, events);
        ASSERT_TRUE(some) << some.error().message();
        entered += *some;
        ASSERT_TRUE(catalog::reap_runs(own.catalog(), own.clock.now()));
    }
    const double used = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    const double share = used / seconds_simulated;
    ::testing::Test::RecordProperty("percent_of_a_core", std::to_string(share * 100));
    std::printf("%d plans, %zu runs entered in %d s: %.2f %% of a core\n", plans_wanted(), entered,
                seconds_simulated, share * 100);
    EXPECT_GT(entered, plans_wanted() > 10'000 ? 300U : 0U);
    EXPECT_LT(share, core_max);
}

TEST(Scale, P03_many_plans_cost_less_than_a_hundredth_of_a_core_on_sqlite) {
    OwnOffice own{*from_rfc3339("2026-03-02T00:00:00Z")};
    measure(own);
}

TEST(Scale, P03_many_plans_cost_less_than_a_hundredth_of_a_core_on_postgres) {
    if (!sys::testing::has_pg(17)) GTEST_SKIP() << "this machine has no such server";
    sys::testing::PgServer server{{.major = 17}};
    server.create_database("catalog");
    OwnOffice own{*from_rfc3339("2026-03-02T00:00:00Z"), server.url("catalog")};
    measure(own);
}

}  // namespace
}  // namespace ds::jobs
