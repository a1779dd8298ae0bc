#include "jobs/service/catalog_keeper.hpp"

#include "archive/layout.hpp"
#include "archive/shelf.hpp"
#include "crypto/age.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/testing/own_office.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;

class KeepingCatalogs : public ::testing::Test {
protected:
    testing::OwnOffice own{std::chrono::system_clock::now()};
    Office office = own.office();
    Events events{office};
    crypto::Identity identity = crypto::Identity::generate();
    model::Store store;

    void SetUp() override {
        insert_tenant(testing::OwnOffice::tenant);
        store.name = "disk";
        store.url = "file://" + (own.directory / "store").string();
        store = own.insert(catalog::stores, store);
    }
    void insert_tenant(const std::string& id) {
        model::Organization tenant;
        catalog::begin_record(tenant, id, own.clock.now());
        tenant.id = id;
        tenant.name = "organization " + id;
        ASSERT_TRUE(own.catalog().write([&](catalog::Session& session) {
            return catalog::organizations.insert(session, tenant);
        }));
    }
    void insert_key() {
        model::Key key;
        key.name = "main";
        key.recipient = identity.recipient();
        own.insert(catalog::keys, key);
    }
    std::size_t look() {
        // Waits between tries pass on the clock that is set by hand.
        const sys::Run run{{}, own.clock, sys::no_progress()};
        const auto kept = keep_catalogs(office, events, {}, run);
        EXPECT_TRUE(kept) << kept.error().message();
        return kept.value_or(99);
    }
    archive::Shelf stored() {
        const auto opened = open_store(office, store, sys::plain_run());
        return archive::read_catalogs(**opened, sys::plain_run()).value();
    }
    std::vector<model::Notification> told() { return own.rows(catalog::notifications); }
};

TEST_F(KeepingCatalogs, follows_changes_after_a_while_and_time_at_the_latest) {
    insert_key();
    EXPECT_EQ(look(), 0U) << "people are still typing";
    own.clock.advance(11min);
    EXPECT_EQ(look(), 1U);
    own.clock.advance(11min);
    EXPECT_EQ(look(), 0U) << "nothing changed";
    model::Server server;
    server.name = "db";
    own.insert(catalog::servers, server);
    EXPECT_EQ(look(), 1U);
    own.clock.advance(5h);
    EXPECT_EQ(look(), 0U);
    own.clock.advance(1h);
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(stored().backups.size(), 3U);
    EXPECT_TRUE(told().empty());
    const auto keeping = own.catalog().read([](catalog::Session& session) {
        return read_catalog_keeping(session, testing::OwnOffice::tenant);
    });
    EXPECT_EQ(keeping->saved, rfc3339(own.clock.now()));
}

TEST_F(KeepingCatalogs, what_is_stored_is_a_backup_sealed_to_the_organizations_keys) {
    insert_key();
    const auto saved = back_up_catalog(office, testing::OwnOffice::tenant, sys::plain_run());
    ASSERT_TRUE(saved) << saved.error().message();
    const auto& manifest = saved->manifest;
    EXPECT_EQ(manifest.recipients, std::vector{identity.recipient()});
    EXPECT_EQ(manifest.source, "catalog.tenant");
    ASSERT_NE(manifest.find(archive::catalog_part), nullptr);
    EXPECT_TRUE(manifest.find(archive::catalog_part)->sealed);
    const auto again = back_up_catalog(office, testing::OwnOffice::tenant, sys::plain_run());
    EXPECT_EQ(again->manifest.sequence, 2U);
    EXPECT_EQ(again->manifest.previous->id, manifest.id);
    const auto opened = open_store(office, store, sys::plain_run());
    EXPECT_TRUE(archive::read_shelf(**opened, "", sys::plain_run())->backups.empty())
        << "it is not one of the databases' backups";
}

TEST_F(KeepingCatalogs, without_a_key_nothing_is_stored_and_people_are_told_once_a_day) {
    own.clock.advance(7h);
    EXPECT_EQ(look(), 1U);
    own.clock.advance(7h);
    EXPECT_EQ(look(), 1U);
    EXPECT_TRUE(stored().backups.empty());
    ASSERT_EQ(told().size(), 1U);
    EXPECT_EQ(told()[0].kind, "catalog.unsaved");
    EXPECT_NE(told()[0].text.find("no key"), std::string::npos);
    own.clock.advance(25h);
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(told().size(), 2U);
}

TEST_F(KeepingCatalogs, a_store_that_is_away_does_not_hold_up_the_others) {
    insert_key();
    model::Store away;
    away.name = "away";
    away.url = "s3://bucket/x?endpoint=http://127.0.0.1:1&access_key=a&secret_key=b";
    own.insert(catalog::stores, away);
    own.clock.advance(7h);
    EXPECT_EQ(look(), 1U);
    EXPECT_EQ(stored().backups.size(), 1U);
    ASSERT_EQ(told().size(), 1U);
    EXPECT_NE(told()[0].text.find("s3://bucket/x"), std::string::npos) << told()[0].text;
}

TEST_F(KeepingCatalogs, each_organization_gets_its_own_rows_into_its_own_stores) {
    insert_key();
    insert_tenant("other");
    own.clock.advance(7h);
    EXPECT_EQ(look(), 1U) << "the other one has no store";
    const auto shelf = stored();
    ASSERT_EQ(shelf.backups.size(), 1U);
    EXPECT_EQ(shelf.backups[0].place.source, "catalog.tenant");
}

TEST_F(KeepingCatalogs, a_bounded_number_stays_and_always_the_newest) {
    insert_key();
    own.clock.advance(1h);  // beyond what the store's own clock says of its objects
    std::string newest;
    for (int at = 0; at < 16; ++at) {
        const auto saved = back_up_catalog(office, testing::OwnOffice::tenant, sys::plain_run());
        ASSERT_TRUE(saved) << saved.error().message();
        newest = saved->manifest.id;
        own.clock.advance(1s);
    }
    // All of one moment by the store's clock, so the ten newest are all that two rules want.
    const auto shelf = stored();
    EXPECT_LE(shelf.backups.size(), 11U);
    EXPECT_EQ(shelf.backups.front().place.id, newest);
    EXPECT_TRUE(shelf.unfinished.empty());
}

TEST_F(KeepingCatalogs, a_rescued_server_sleeps_until_a_plan_is_resumed) {
    insert_key();
    model::Plan plan;
    plan.name = "nightly";
    plan.paused = true;
    plan = own.insert(catalog::plans, plan);
    ASSERT_TRUE(own.catalog().write([](catalog::Session& session) {
        return mark_rescued(session, testing::OwnOffice::tenant);
    }));
    own.clock.advance(7h);
    EXPECT_EQ(look(), 0U);
    const auto pause = [&](bool paused) {
        plan.paused = paused;
        ASSERT_TRUE(own.catalog().write(
            [&](catalog::Session& session) { return catalog::plans.update(session, plan); }));
    };
    pause(false);
    EXPECT_EQ(look(), 1U);
    pause(true);
    own.clock.advance(7h);
    EXPECT_EQ(look(), 1U) << "awake for good";
}

}  // namespace
}  // namespace ds::jobs
