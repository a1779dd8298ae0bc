#include "jobs/service/watchdog.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "archive/layout.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/scheduler.hpp"
#include "jobs/testing/own_office.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;

class Watching : public ::testing::Test {
protected:
    // Stores say when an object was written, so the clock stands near the machine's.
    testing::OwnOffice own{std::chrono::system_clock::now() - 48h};
    Office office = own.office();
    Events events{office};
    model::Database database;
    model::Store store;
    model::Plan plan;

    void SetUp() override {
        model::Server server;
        server.name = "db";
        server = own.insert(catalog::servers, server);
        database.name = "shop";
        database.server = server.id;
        database.source_id = "shop-1";
        database = own.insert(catalog::databases, database);
        store.name = "disk";
        store.url = "file://" + (own.directory / "store").string();
        store = own.insert(catalog::stores, store);
        plan.name = "hourly";
        plan.databases = {database.id};
        plan.destinations = {{store.id, {}}};
        plan.schedule = "@hourly";
        ASSERT_TRUE(plan_ahead(plan, own.clock.now()));
        plan = own.insert(catalog::plans, plan);
    }
    void put_backup(std::size_t bytes) { put_backup(bytes, catalog::new_id(own.clock.now())); }
    void put_backup(std::size_t bytes, const std::string& id) {
        const auto opened = open_store(office, store, sys::plain_run());
        const archive::Place place{database.source_id, id};
        for (const auto* name : {"database.dump", "manifest.json"}) {
            auto sink = (*opened)->create(place.key(name), {});
            ASSERT_TRUE(sink);
            ASSERT_TRUE((*sink)->write(view_of(std::string(bytes, 'x'))));
            ASSERT_TRUE((*sink)->finish());
        }
    }
    std::size_t look() { return watch_stores(office, events, sys::plain_run()).value_or(99); }
    std::vector<model::Notification> told() { return own.rows(catalog::notifications); }
};

TEST_F(Watching, is_quiet_before_anything_is_due) { EXPECT_EQ(look(), 0U); }

TEST_F(Watching, tells_once_a_day_that_there_is_no_backup) {
    own.clock.advance(5h);
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(look(), 1U);
    ASSERT_EQ(told().size(), 1U);
    EXPECT_EQ(told()[0].kind, "watch.missing");
    own.clock.advance(25h);
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(told().size(), 2U);
}

TEST_F(Watching, tells_of_an_overdue_and_of_a_shrunken_backup) {
    own.clock.advance(48h);
    for (int at = 0; at < 3; ++at) put_backup(10'000);
    own.clock.advance(2s);
    EXPECT_EQ(look(), 0U);
    own.clock.advance(1s);
    std::this_thread::sleep_for(20ms);  // so that it is the newest
    put_backup(10);
    own.clock.advance(10s);
    const auto found = look();
    EXPECT_EQ(found, 1U);
    ASSERT_EQ(told().size(), 1U);
    EXPECT_EQ(told()[0].kind, "watch.shrinking");
    own.clock.advance(5h);
    EXPECT_EQ(look(), 2U);
    EXPECT_EQ(told().back().kind, "backup.overdue");
}

TEST_F(Watching, safety_backups_and_quarantined_ones_keep_no_promise) {
    own.clock.advance(48h);
    for (const bool safety : {true, false}) {
        model::Backup backup;
        backup.name = safety ? "otter" : "heron";
        backup.database = database.id;
        backup.trigger = safety ? "safety" : "schedule";
        backup.quarantined = !safety;
        put_backup(1'000, own.insert(catalog::backups, backup).id);
    }
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(told().at(0).kind, "watch.missing");
    put_backup(1'000);
    own.clock.advance(10s);
    EXPECT_EQ(look(), 0U);
}

TEST_F(Watching, a_store_that_cannot_be_listed_is_news) {
    store.url = "s3://bucket/x?endpoint=http://127.0.0.1:1";
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::stores.update(session, store); }));
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(told().at(0).kind, "watch.missing");
}

}  // namespace
}  // namespace ds::jobs
