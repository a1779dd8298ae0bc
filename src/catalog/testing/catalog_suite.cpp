#include "catalog/testing/catalog_suite.hpp"

#include <set>
#include <thread>

#include "catalog/migrations.hpp"

namespace ds::catalog::testing {
namespace {

using std::chrono::seconds;

model::Store a_store(std::string name) {
    model::Store store;
    store.name = std::move(name);
    store.url = "file:///srv/backups";
    store.labels = {{"tier", "gold"}};
    return store;
}

TEST_P(CatalogSuite, a_row_comes_back_as_it_was_written) {
    model::Plan plan;
    plan.name = "Nächtlich 'quoted' \"x\" ? $1";
    plan.databases = {"d1", "d2"};
    plan.destinations = {{"s1", {7, 0, 7, 4, 12, 1, 0}}};
    plan.overlap = model::Overlap::skip;
    plan.paused = true;
    const auto written = stored(plans, made(plan));
    const auto read = catalog->read([&](Session& s) { return plans.get(s, "org-a", written.id); });
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(json::write(*read), json::write(written));
}

TEST_P(CatalogSuite, a_column_that_an_older_version_wrote_can_be_read) {
    model::Backup backup;
    backup.name = "old";
    const auto written = stored(backups, made(backup));
    ASSERT_TRUE(catalog->write([&](Session& s) {
        return s.run("UPDATE backups SET proof = '{\"level\":2,\"gone\":1}' WHERE id = ?",
                     {written.id});
    }));
    const auto read =
        catalog->read([&](Session& s) { return backups.get(s, "org-a", written.id); });
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->proof.level, 2U);
    EXPECT_EQ(read->proof.store, "");
}

TEST_P(CatalogSuite, every_table_has_the_columns_of_its_struct) {
    const auto fits = [&](const auto& table) {
        const auto rows = catalog->read([&](Session& s) { return table.select(s, "LIMIT 1"); });
        EXPECT_TRUE(rows) << table.name() << ": " << rows.error().message();
    };
    fits(organizations), fits(users), fits(tokens), fits(servers), fits(databases);
    fits(stores), fits(keys), fits(plans), fits(runs), fits(log_lines), fits(backups);
    fits(copies), fits(channels), fits(deliveries), fits(notifications), fits(settings);
    fits(digests), fits(sign_in_places);
}

TEST_P(CatalogSuite, another_organization_sees_and_changes_nothing) {
    auto store = stored(stores, made(a_store("main")));
    const auto other = [&](auto work) { return catalog->write(work); };
    EXPECT_EQ(other([&](Session& s) { return stores.get(s, "org-b", store.id); }).error().code(),
              Code::not_found);
    EXPECT_EQ(other([&](Session& s) { return stores.remove(s, "org-b", store.id); }).error().code(),
              Code::not_found);
    auto moved = store;
    moved.organization = "org-b";
    EXPECT_FALSE(other([&](Session& s) { return stores.update(s, moved); }));
    EXPECT_TRUE(other([&](Session& s) { return stores.list(s, "org-b", {}); })->items.empty());
    stored(stores, made(a_store("main"), "org-b"));  // names are an organization's own
}

TEST_P(CatalogSuite, a_name_twice_is_refused_and_nothing_of_the_transaction_stays) {
    stored(stores, made(a_store("main")));
    const auto twice = catalog->write([&](Session& s) -> Status {
        DS_DO(stores.insert(s, made(a_store("second"))));
        return stores.insert(s, made(a_store("main")));
    });
    EXPECT_EQ(twice.error().code(), Code::exists);
    const auto left = catalog->read([&](Session& s) { return stores.list(s, "org-a", {}); });
    EXPECT_EQ(left->items.size(), 1U);
}

TEST_P(CatalogSuite, more_questions_than_are_kept_ready_are_all_answered) {
    const auto ask = [](Session& session, int at) {
        return session.run(fmt::format("SELECT count(*) + {} FROM runs WHERE id = ?", at), {"x"});
    };
    for (int round = 0; round < 2; ++round) {
        for (int at = 0; at < 450; ++at) {
            const auto rows = catalog->write([&](Session& s) { return ask(s, at); });
            ASSERT_TRUE(rows) << rows.error().message();
            ASSERT_EQ(sql::number_of(rows->at(0).at(0)), at);
        }
    }
    // What was prepared in a transaction that failed is as ready as what was not.
    for (int round = 0; round < 2; ++round) {
        EXPECT_FALSE(catalog->write([&](Session& s) -> Status {
            DS_TRY([[maybe_unused]] const auto rows, ask(s, 1'000));
            return fail(Code::invalid, "not this one");
        }));
    }
    EXPECT_TRUE(catalog->write([&](Session& s) { return ask(s, 1'000); }));
}

TEST_P(CatalogSuite, a_change_upon_an_old_version_is_a_conflict) {
    auto first = stored(stores, made(a_store("main")));
    auto second = first;
    first.notes = "mine";
    second.notes = "yours";
    EXPECT_TRUE(catalog->write([&](Session& s) { return stores.update(s, first); }));
    const auto late = catalog->write([&](Session& s) { return stores.update(s, second); });
    EXPECT_EQ(late.error().code(), Code::conflict);
    EXPECT_EQ(second.version, 1U);
}

TEST_P(CatalogSuite, pages_follow_each_other_in_any_order_without_gap_or_double) {
    for (int i = 0; i < 25; ++i) {
        auto store = a_store("store " + std::to_string(i));
        store.runs_max = static_cast<std::uint64_t>(i % 3);
        stored(stores, made(store));
        now += std::chrono::milliseconds{1};
    }
    for (const char* sort : {"id", "name", "runs_max"}) {
        for (const bool descending : {false, true}) {
            Listing listing;
            listing.sort = sort;
            listing.descending = descending;
            listing.limit = 7;
            std::set<std::string> seen;
            int pages = 0;
            for (;; ++pages) {
                const auto page =
                    catalog->read([&](Session& s) { return stores.list(s, "org-a", listing); });
                ASSERT_TRUE(page) << page.error().message();
                for (const auto& item : page->items) EXPECT_TRUE(seen.insert(item.id).second);
                if (!page->next) break;
                listing.cursor = *page->next;
            }
            EXPECT_EQ(seen.size(), 25U) << sort;
            EXPECT_EQ(pages, 3);
        }
    }
}

TEST_P(CatalogSuite, lists_are_filtered_and_searched_literally) {
    for (const char* name : {"100% sure", "100 percent", "under_score", "underXscore"})
        stored(stores, made(a_store(name)));
    const auto names = [&](const Listing& listing) {
        std::set<std::string> found;
        const auto page =
            catalog->read([&](Session& s) { return stores.list(s, "org-a", listing); });
        EXPECT_TRUE(page) << page.error().message();
        for (const auto& store : page->items) found.insert(store.name);
        return found;
    };
    Listing listing;
    listing.search_columns = {"name", "notes"};
    listing.search = "100%";
    EXPECT_EQ(names(listing), (std::set<std::string>{"100% sure"}));
    listing.search = "R_S";
    EXPECT_EQ(names(listing), (std::set<std::string>{"under_score"}));
    listing.search = {};
    listing.where = {{"name", "=", std::string{"100 percent"}}};
    EXPECT_EQ(names(listing), (std::set<std::string>{"100 percent"}));
    listing.cursor = "no cursor";
    EXPECT_EQ(
        catalog->read([&](Session& s) { return stores.list(s, "org-a", listing); }).error().code(),
        Code::invalid);
}

TEST_P(CatalogSuite, lists_are_filtered_by_labels_and_by_several_values) {
    const auto labelled = [&](std::string name, model::Labels labels) {
        auto store = a_store(std::move(name));
        store.labels = std::move(labels);
        stored(stores, made(store));
    };
    labelled("a", {{"env", "prod"}});
    labelled("b", {{"env", "Prod"}, {"team", "x"}});
    labelled("c", {{"note", R"("env":"prod")"}, {"xenv", "prod"}});
    const auto names = [&](const Condition& condition) {
        Listing listing;
        listing.where = {condition};
        listing.sort = "name";
        std::string found;
        const auto page =
            catalog->read([&](Session& s) { return stores.list(s, "org-a", listing); });
        EXPECT_TRUE(page) << page.error().message();
        for (const auto& store : page->items) found += store.name;
        return found;
    };
    EXPECT_EQ(names({"labels", "labelled", std::string{R"("env":"prod")"}}), "a");
    EXPECT_EQ(names({"labels", "labelled", std::string{R"("env":)"}}), "ab");
    EXPECT_EQ(names({"name", "in", {}, {std::string{"a"}, std::string{"c"}}}), "ac");
    EXPECT_EQ(names({"runs_max", "in", {}, {std::int64_t{4}}}), "abc");
}

TEST_P(CatalogSuite, opening_it_again_finds_it_as_it_was) {
    const auto store = stored(stores, made(a_store("main")));
    const auto again = opener();
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_TRUE((*again)->read([&](Session& s) { return stores.get(s, "org-a", store.id); }));
}

TEST_P(CatalogSuite, a_failed_migration_leaves_the_old_catalog_usable) {
    const auto store = stored(stores, made(a_store("main")));
    std::vector<Migration> steps{migrations().begin(), migrations().end()};
    const int next = steps.back().version + 1;
    steps.push_back({next, "broken", "CREATE TABLE half (id TEXT); CREATE TABLE nonsense ((;"});
    const auto failed = catalog->write([&](Session& s) -> Status {
        DS_DO(s.script("COMMIT"));  // a migration begins its own
        auto status = migrate(s, steps);
        DS_DO(s.script("BEGIN"));
        return status;
    });
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message().find("broken"), std::string::npos);
    EXPECT_FALSE(catalog->read([](Session& s) { return s.run("SELECT * FROM half"); }));
    EXPECT_TRUE(catalog->read([&](Session& s) { return stores.get(s, "org-a", store.id); }));
    EXPECT_TRUE(opener());
}

TEST_P(CatalogSuite, a_newer_catalog_is_refused) {
    ASSERT_TRUE(catalog->write([](Session& s) {
        return s.run("INSERT INTO schema_versions (version, what) VALUES (999, 'later')");
    }));
    EXPECT_EQ(opener().error().code(), Code::unsupported);
}

TEST_P(CatalogSuite, a_run_is_given_to_one_owner_only) {
    constexpr int count = 12;
    for (int i = 0; i < count; ++i)
        queued("org-a", "db" + std::to_string(i), "s" + std::to_string(i));
    std::mutex mutex;
    std::multiset<std::string> given;
    const auto work = [&](const std::string& owner) {
        while (const auto run = claimed(owner, 100)) {
            const std::lock_guard lock{mutex};
            given.insert(run->id);
        }
    };
    {
        std::vector<std::jthread> owners;
        for (const char* owner : {"a", "b", "c"}) owners.emplace_back(work, owner);
    }
    EXPECT_EQ(given.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(std::set<std::string>(given.begin(), given.end()).size(), given.size());
}

TEST_P(CatalogSuite, a_database_has_one_run_at_a_time_and_a_server_what_it_allows) {
    auto server = made(model::Server{});
    server.name = "one at a time";
    server.runs_max = 1;
    stored(servers, server);
    queued("org-a", "shop");
    queued("org-a", "shop");
    queued("org-a", "x", server.id);
    queued("org-a", "y", server.id);
    EXPECT_TRUE(claimed());
    EXPECT_TRUE(claimed());
    EXPECT_FALSE(claimed());
}

TEST_P(CatalogSuite, organizations_take_turns) {
    for (int i = 0; i < 5; ++i) {
        queued("big", "b" + std::to_string(i), "sb" + std::to_string(i));
        now += std::chrono::milliseconds{1};
    }
    queued("small", "only", "other");
    EXPECT_EQ(claimed()->organization, "big");
    EXPECT_EQ(claimed()->organization, "small");
    EXPECT_EQ(claimed("me", 2), std::nullopt) << "the limit over all";
}

TEST_P(CatalogSuite, a_scheduled_run_is_entered_once) {
    auto run = made(model::Run{});
    run.plan = "p";
    run.database = "d";
    run.scheduled_for = "2026-11-23T02:00:00Z";
    stored(runs, run);
    auto again = made(run);
    EXPECT_EQ(catalog->write([&](Session& s) { return enqueue(s, again); }).error().code(),
              Code::exists);
}

TEST_P(CatalogSuite, a_silent_owner_loses_its_run_to_the_next_attempt) {
    queued("org-a", "shop");
    const auto run = claimed("dead").value();
    EXPECT_TRUE(reap_runs(*catalog, now + seconds{10})->empty());
    now += seconds{31};
    ASSERT_EQ(reap_runs(*catalog, now)->size(), 1U);
    EXPECT_EQ(read(run).state, model::RunState::interrupted);
    EXPECT_TRUE(renew_run(*catalog, run, {}, now, seconds{30})->lost);
    EXPECT_EQ(finish_run(*catalog, run, now, {}).error().code(), Code::conflict);
    const auto next = claimed("alive").value();
    EXPECT_EQ(next.attempt, 2U);
    EXPECT_EQ(next.database, "shop");
}

TEST_P(CatalogSuite, a_heartbeat_keeps_a_run_and_hears_of_a_cancel) {
    queued("org-a", "shop");
    const auto run = claimed().value();
    now += seconds{20};
    EXPECT_FALSE(renew_run(*catalog, run, {"dump", 100, 50, 10}, now, seconds{30})->cancel);
    now += seconds{20};
    EXPECT_TRUE(reap_runs(*catalog, now)->empty());
    EXPECT_EQ(read(run).progress.bytes_in, 50U);
    ASSERT_TRUE(
        catalog->write([&](Session& s) { return cancel_run(s, run.organization, run.id, now); }));
    EXPECT_TRUE(renew_run(*catalog, run, {}, now, seconds{30})->cancel);
}

TEST_P(CatalogSuite, a_queued_run_is_cancelled_at_once) {
    const auto run = queued("org-a", "shop");
    const auto cancelled =
        catalog->write([&](Session& s) { return cancel_run(s, run.organization, run.id, now); });
    EXPECT_EQ(cancelled->state, model::RunState::cancelled);
    EXPECT_FALSE(claimed());
}

TEST_P(CatalogSuite, a_failed_run_comes_again_when_its_wait_is_over) {
    queued("org-a", "shop");
    auto run = claimed().value();
    run.state = model::RunState::failed;
    run.error = "no route to host";
    ASSERT_TRUE(finish_run(*catalog, run, now, now + seconds{60}));
    EXPECT_EQ(read(run).error, "no route to host");
    EXPECT_FALSE(claimed());
    now += seconds{60};
    const auto next = claimed();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->attempt, 2U);
    EXPECT_EQ(next->error, "");
}

TEST_P(CatalogSuite, a_lease_has_one_holder_until_it_ends) {
    const auto takes = [&](const char* who, seconds later) {
        return take_lease(*catalog, "scheduler", who, now + later, seconds{30}).value();
    };
    EXPECT_TRUE(takes("a", seconds{0}));
    EXPECT_FALSE(takes("b", seconds{10}));
    EXPECT_TRUE(takes("a", seconds{20}));
    EXPECT_FALSE(takes("b", seconds{40}));
    EXPECT_TRUE(takes("b", seconds{51}));
    EXPECT_FALSE(takes("a", seconds{52}));
    EXPECT_TRUE(give_lease(*catalog, "scheduler", "b"));
    EXPECT_TRUE(takes("a", seconds{53}));
}

}  // namespace
}  // namespace ds::catalog::testing
