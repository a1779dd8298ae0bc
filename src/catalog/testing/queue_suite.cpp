#include <chrono>
#include <map>

#include <fmt/format.h>

#include "catalog/testing/catalog_suite.hpp"

// What may start when: the limits of servers, stores and memory, and turns between organizations.
namespace ds::catalog::testing {
namespace {

using std::chrono::seconds;

TEST_P(CatalogSuite, P03_everybody_at_two_does_not_start_at_once) {
    for (int at = 0; at < 20; ++at)
        queued("org-a", "db" + std::to_string(at), "s" + std::to_string(at));
    for (int at = 0; at < 4; ++at) EXPECT_TRUE(claimed("me", 4));
    EXPECT_FALSE(claimed("me", 4)) << "the limit over all servers";
}

TEST_P(CatalogSuite, P03_a_store_takes_what_it_allows) {
    auto narrow = made(model::Store{}), wide = made(model::Store{});
    narrow.name = "narrow", narrow.runs_max = 1;
    wide.name = "wide", wide.runs_max = 3;
    stored(stores, narrow), stored(stores, wide);
    queued_to({narrow.id, wide.id});
    queued_to({narrow.id});
    queued_to({wide.id});
    queued_to({wide.id});
    queued_to({wide.id});
    std::map<std::string, int> used;
    std::optional<model::Run> first;
    while (const auto run = claimed("me", 100)) {
        if (!first) first = run;
        for (const auto& store : run->stores) ++used[store];
    }
    EXPECT_EQ(used[narrow.id], 1);
    EXPECT_EQ(used[wide.id], 3);
    // The place of one that ended is free again.
    ASSERT_TRUE(first);
    first->state = model::RunState::succeeded;
    ASSERT_TRUE(finish_run(*catalog, *first, now, {}));
    EXPECT_EQ(claimed("me", 100)->stores, std::vector{narrow.id});
}

TEST_P(CatalogSuite, P03_a_restore_counts_on_the_store_that_it_reads) {
    auto store = made(model::Store{});
    store.name = "only", store.runs_max = 1;
    stored(stores, store);
    auto copy = made(model::Copy{});
    copy.backup = "b", copy.store = store.id;
    stored(copies, copy);
    auto restore = made(model::Run{});
    restore.kind = model::RunKind::restore;
    restore.order.backup = "b";
    ASSERT_TRUE(catalog->write([&](Session& s) { return enqueue(s, restore); }));
    queued_to({store.id});
    EXPECT_EQ(claimed()->stores, std::vector{store.id});
    EXPECT_FALSE(claimed());
}

TEST_P(CatalogSuite, P03_runs_of_one_owner_fit_its_memory_and_one_that_is_larger_runs_alone) {
    for (const char* database : {"a", "b", "huge", "c"}) {
        queued("org-a", database, "server of " + std::string{database});
        now += seconds{1};
    }
    QueueLimits limits{10, seconds{30}, 100};
    limits.memory_of = [](Session&, const model::Run& run) -> Result<std::uint64_t> {
        return run.database == "huge" ? 1000 : 40;
    };
    const auto next = [&](const char* owner) {
        return claim_run(*catalog, owner, now, limits).value();
    };
    auto a = next("one"), b = next("one");
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->memory_bytes, 40U);
    EXPECT_FALSE(next("one"))
        << "nobody overtakes what waits for memory, or it would wait for ever";
    for (auto* run : {&*a, &*b}) {
        run->state = model::RunState::succeeded;
        ASSERT_TRUE(finish_run(*catalog, *run, now, {}));
    }
    EXPECT_EQ(next("one")->database, "huge");
    EXPECT_FALSE(next("one"));
    EXPECT_EQ(next("two")->database, "c") << "another server has memory of its own";
}

TEST_P(CatalogSuite, P03_one_organization_that_floods_does_not_keep_others_waiting) {
    for (int at = 0; at < 300; ++at)
        queued("flood", "f" + std::to_string(at), "sf" + std::to_string(at % 7));
    now += seconds{1};
    for (int at = 0; at < 10; ++at) {
        queued("second", "x" + std::to_string(at), "sx" + std::to_string(at));
        queued("third", "y" + std::to_string(at), "sy" + std::to_string(at));
    }
    // Three run at once, and whoever ends makes room for the next.
    std::map<std::string, int> served;
    std::vector<model::Run> running;
    for (int turn = 0; turn < 30; ++turn) {
        while (running.size() < 3) running.push_back(claimed("me", 3).value());
        auto over = running.front();
        running.erase(running.begin());
        ++served[over.organization];
        over.state = model::RunState::succeeded;
        ASSERT_TRUE(finish_run(*catalog, over, now, {}));
    }
    EXPECT_EQ(served["flood"], 10);
    EXPECT_EQ(served["second"], 10);
    EXPECT_EQ(served["third"], 10);
}

/// Copies of `one`, on 50 servers and the stores t0 to t3.
Status flood(Session& session, const model::Run& one, int count) {
    const std::string numbers =
        session.dialect() == sql::Dialect::postgres
            ? fmt::format("SELECT n FROM generate_series(1, {}) n", count)
            : fmt::format(
                  "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE "
                  "n < {}) SELECT n FROM s",
                  count);
    auto values = column_list<model::Run>();
    for (const auto& [column, value] : {std::pair{"\"id\"", "'run' || (1000000 + n)"},
                                        {"\"database\"", "'d' || n"},
                                        {"\"server\"", "'s' || (n % 50)"},
                                        {"\"stores\"", "'[\"t' || (n % 4) || '\"]'"}})
        values.replace(values.find(column), std::string_view{column}.size(), value);
    return session.script(
        fmt::format("INSERT INTO runs ({}) SELECT {} FROM runs, ({}) AS numbers WHERE id = '{}'",
                    column_list<model::Run>(), values, numbers, one.id));
}

TEST_P(CatalogSuite, P03_a_claim_is_cheap_in_a_queue_of_100000) {
    for (int at = 0; at < 4; ++at) {
        auto store = made(model::Store{});
        store.id = store.name = "t" + std::to_string(at);
        store.runs_max = 20;
        stored(stores, store);
    }
    const auto one = queued("org-a", "d0");
    ASSERT_TRUE(catalog->write([&](Session& s) -> Status {
        DS_DO(flood(s, one, 100'000));
        // As a server leaves it: SQLite keeps no statistics unless told, PostgreSQL does by itself.
        return s.dialect() == sql::Dialect::postgres ? s.script("ANALYZE runs") : Status{};
    }));
    const auto began = std::chrono::steady_clock::now();
    constexpr int claims = 40;
    for (int at = 0; at < claims; ++at) ASSERT_TRUE(claimed("me", 100));
    const auto each = (std::chrono::steady_clock::now() - began) / claims;
    RecordProperty("microseconds", static_cast<int>(each / std::chrono::microseconds{1}));
    // Some 2 ms; a claim that looks at each run takes a second.
    EXPECT_LT(each, std::chrono::milliseconds{100});

    // Nothing may be sorted, and the queue is read by its index alone.
    const auto moment = rfc3339(now);
    const std::vector<std::pair<std::string, Values>> queries{
        {std::string{lanes_query}, {moment}},
        {"SELECT id FROM runs " + std::string{first_of_lane}, {"org-a s1 [\"t1\"]", moment}}};
    for (const auto& [query, parameters] : queries) {
        const auto plan = plan_of(query, parameters);
        EXPECT_NE(plan.find("runs_queue"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("SCAN runs\n"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("Seq Scan on runs"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("TEMP B-TREE FOR ORDER BY"), std::string::npos) << plan;
        EXPECT_EQ(plan.find("Sort Key"), std::string::npos) << plan;
    }
}

TEST_P(CatalogSuite, R01_a_run_whose_servers_die_is_given_up_after_five_of_them) {
    auto run = made(model::Run{});
    run.database = "shop";
    run.attempts_max = 1;
    stored(runs, run);
    for (int server = 1; server <= 5; ++server) {
        const auto taken = claimed("server " + std::to_string(server));
        ASSERT_TRUE(taken) << "after " << server - 1 << " dead servers";
        EXPECT_EQ(taken->attempt, static_cast<std::uint64_t>(server));
        now += seconds{31};
        EXPECT_EQ(reap_runs(*catalog, now)->size(), 1U);
    }
    EXPECT_FALSE(claimed());
}

TEST_P(CatalogSuite, R01_a_run_says_where_it_stores_until_it_has_ended) {
    queued("org-a", "shop");
    auto run = claimed("dies").value();
    ASSERT_TRUE(place_run(*catalog, run, "source/id"));
    now += seconds{31};
    ASSERT_EQ(reap_runs(*catalog, now)->size(), 1U);
    EXPECT_EQ(read(run).place, "source/id") << "whoever comes next looks there";
    EXPECT_EQ(place_run(*catalog, run, "late").error().code(), Code::conflict);
    auto next = claimed("lives").value();
    EXPECT_EQ(next.place, "");
    ASSERT_TRUE(place_run(*catalog, next, "source/other"));
    EXPECT_EQ(hold_run(*catalog, run, now).error().code(), Code::conflict)
        << "whoever only seemed dead finishes nothing";
    ASSERT_TRUE(hold_run(*catalog, next, now));
    now += seconds{31};
    EXPECT_TRUE(reap_runs(*catalog, now)->empty()) << "its manifest may be on the way";
    next.state = model::RunState::succeeded;
    ASSERT_TRUE(finish_run(*catalog, next, now, {}));
    EXPECT_EQ(read(next).place, "");
}

}  // namespace
}  // namespace ds::catalog::testing
