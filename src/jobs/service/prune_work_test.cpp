#include <gtest/gtest.h>

#include "archive/layout.hpp"
#include "jobs/service/holding.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/work.hpp"
#include "jobs/testing/own_office.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;

/// A backup that somebody removed by hand, due to go.
class Pruning : public ::testing::Test {
protected:
    testing::OwnOffice own{std::chrono::system_clock::now()};
    Office office = own.office();
    model::Store store;
    model::Backup backup;
    model::Copy copy;

    void SetUp() override {
        store.name = "disk";
        store.url = "file://" + (own.directory / "store").string();
        store = own.insert(catalog::stores, store);
        backup.name = "calm-river";
        backup.database = "shop";
        backup.source_id = "shop-1";
        backup.taken = rfc3339(own.clock.now() - 1h);
        backup = own.insert(catalog::backups, backup);
        copy.backup = backup.id;
        copy.store = store.id;
        copy.state = model::CopyState::condemned;
        copy.reason = by_hand;
        copy.remove_after = rfc3339(own.clock.now() - 1s);
        copy = own.insert(catalog::copies, copy);
        auto sink = (*open_store(office, store, sys::plain_run()))->create(manifest_key(), {});
        ASSERT_TRUE(sink);
        ASSERT_TRUE((*sink)->write(view_of("{}")));
        ASSERT_TRUE((*sink)->finish());
    }
    std::string manifest_key() const {
        return archive::Place{backup.source_id, backup.id}.key(archive::manifest_object);
    }
    bool is_there() {
        return (*open_store(office, store, sys::plain_run()))->stat(manifest_key()).has_value();
    }
    void prune() {
        model::Run order;
        order.organization = testing::OwnOffice::tenant;
        order.database = backup.database;
        const auto done = prune_work(office, order, sys::plain_run());
        ASSERT_TRUE(done) << done.error().message();
    }
};

TEST_F(Pruning, a_copy_that_leaves_takes_no_ones_place) {
    copy.remove_after = rfc3339(own.clock.now() + 24h);
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::copies.update(session, copy); }));
    model::Backup older = backup;
    older.name = "old-river";
    older.taken = rfc3339(own.clock.now() - 2h);
    older = own.insert(catalog::backups, older);
    model::Copy kept;
    kept.backup = older.id;
    kept.store = store.id;
    own.insert(catalog::copies, kept);
    const auto decided = [&](const Holding& holding) {
        const auto candidates = candidates_of(holding).value();
        return policy::decide(holding.destination.retention, candidates, own.clock.now(),
                              policy::Zone::find("UTC").value())
            .value();
    };
    auto holding = own.catalog().read([&](catalog::Session& session) {
        return read_holding(session, testing::OwnOffice::tenant, backup.database,
                            {store.id, {.keep_last = 1}});
    });
    ASSERT_TRUE(holding);
    const auto decisions = decided(*holding);
    for (std::size_t at = 0; at < decisions.size(); ++at) {
        if (holding->copies[at].backup == older.id) EXPECT_TRUE(decisions[at].keep);
    }
}

TEST_F(Pruning, L_09_a_copy_that_a_run_reads_stays) {
    model::Run restore;
    restore.kind = model::RunKind::restore;
    restore.state = model::RunState::running;
    restore.order.backup = backup.id;
    restore = own.insert(catalog::runs, restore);
    prune();
    EXPECT_TRUE(is_there());
    EXPECT_EQ(own.rows(catalog::copies).at(0).state, model::CopyState::condemned);

    restore.state = model::RunState::succeeded;
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::runs.update(session, restore); }));
    prune();
    EXPECT_FALSE(is_there());
    EXPECT_EQ(own.rows(catalog::copies).at(0).state, model::CopyState::removed);
}

}  // namespace
}  // namespace ds::jobs
