#include <gtest/gtest.h>

#include "archive/layout.hpp"
#include "jobs/service/holding.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/work.hpp"
#include "jobs/testing/own_office.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;

/// One database with a plan that keeps one backup, in a store of its own.
class Keeping : public ::testing::Test {
protected:
    testing::OwnOffice own{*from_rfc3339("2026-11-23T15:00:00Z")};
    Office office = own.office();
    model::Database database;
    model::Store store;
    model::Plan plan;

    void SetUp() override {
        database.name = "shop";
        database.source_id = "shop-1";
        database = own.insert(catalog::databases, database);
        store.name = "disk";
        store.url = "file://" + (own.directory / "store").string();
        store = own.insert(catalog::stores, store);
        plan.name = "nightly";
        plan.databases = {database.id};
        model::Destination destination{store.id, {}};
        destination.retention.keep_last = 1;
        plan.destinations = {destination};
        plan = own.insert(catalog::plans, plan);
    }
    /// A backup that was taken so long ago, as rows and as an object.
    model::Backup taken(std::chrono::hours ago, const std::string& trigger = "schedule",
                        const std::string& locked_until = {}) {
        model::Backup backup;
        backup.name = fmt::format("otter-{}", ago.count());
        backup.database = database.id;
        backup.plan = plan.id;
        backup.source_id = database.source_id;
        backup.trigger = trigger;
        backup.locked_until = locked_until;
        backup.taken = rfc3339(own.clock.now() - ago);
        backup = own.insert(catalog::backups, backup);
        model::Copy copy;
        copy.backup = backup.id;
        copy.store = store.id;
        own.insert(catalog::copies, copy);
        const auto opened = open_store(office, store, sys::plain_run());
        auto sink = (*opened)->create(
            archive::Place{backup.source_id, backup.id}.key(archive::manifest_object), {});
        EXPECT_TRUE((*sink)->write(view_of("{}")));
        EXPECT_TRUE((*sink)->finish());
        return backup;
    }
    void prune() {
        model::Run order;
        catalog::begin_record(order, testing::OwnOffice::tenant, own.clock.now());
        order.kind = model::RunKind::prune;
        order.plan = plan.id;
        order.database = database.id;
        const auto done = prune_work(office, order, sys::plain_run());
        ASSERT_TRUE(done) << done.error().message();
        EXPECT_EQ(done->error, "");
    }
    void prune_after_the_grace() {
        prune();
        own.clock.advance(2h);
        prune();
    }
    model::CopyState state_of(const model::Backup& backup) {
        return own.rows(catalog::copies, "WHERE backup = '" + backup.id + "'").at(0).state;
    }
    void quarantine(model::Backup backup) {
        backup.quarantined = true;
        ASSERT_TRUE(own.catalog().write(
            [&](catalog::Session& session) { return catalog::backups.update(session, backup); }));
    }
};

TEST_F(Keeping, L_10_a_quarantined_backup_does_not_push_out_the_good_one_before_it) {
    const auto good = taken(48h);
    const auto bad = taken(1h);
    quarantine(bad);
    prune_after_the_grace();
    EXPECT_EQ(state_of(good), model::CopyState::complete);
    EXPECT_EQ(state_of(bad), model::CopyState::complete);
    // A week after there is a good one again, it goes.
    taken(0h);
    own.clock.advance(8 * 24h);
    prune_after_the_grace();
    EXPECT_EQ(state_of(bad), model::CopyState::removed);
}

TEST_F(Keeping, U_01_a_safety_backup_pushes_out_nothing_and_stays_while_it_is_locked) {
    const auto good = taken(48h);
    const auto safety = taken(1h, "safety", rfc3339(own.clock.now() + 24h * 10));
    prune_after_the_grace();
    EXPECT_EQ(state_of(good), model::CopyState::complete);
    EXPECT_EQ(state_of(safety), model::CopyState::complete);
    own.clock.advance(11 * 24h);
    taken(0h);
    prune_after_the_grace();
    EXPECT_EQ(state_of(safety), model::CopyState::removed);
}

}  // namespace
}  // namespace ds::jobs
