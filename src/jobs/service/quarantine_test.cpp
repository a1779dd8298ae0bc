#include "jobs/service/quarantine.hpp"

#include <gtest/gtest.h>

#include "jobs/testing/own_office.hpp"

namespace ds::jobs {
namespace {

model::Proof proof(const std::string& store, std::uint64_t level, bool damaged = false) {
    model::Proof made;
    made.store = store;
    made.level = level;
    made.damaged = damaged;
    made.at = "2026-11-23T15:00:00Z";
    return made;
}

class Quarantine : public ::testing::Test {
protected:
    model::Backup backup;
    std::vector<model::Copy> copies{copy("disk"), copy("bucket")};

    static model::Copy copy(const std::string& store) {
        model::Copy made;
        made.store = store;
        return made;
    }
    void take(const model::Proof& taken) { take_proof(taken, backup, copies); }
};

TEST_F(Quarantine, L_10_damaged_bytes_concern_one_copy) {
    take(proof("disk", 0, true));
    EXPECT_TRUE(copies[0].damaged);
    EXPECT_FALSE(copies[1].damaged);
    EXPECT_FALSE(backup.quarantined);
    EXPECT_TRUE(backup.proof.damaged);
    take(proof("bucket", 0, true));
    EXPECT_TRUE(backup.quarantined);
    take(proof("bucket", 1));
    EXPECT_FALSE(backup.quarantined);
    EXPECT_TRUE(copies[0].damaged);
}

TEST_F(Quarantine, a_copy_that_is_gone_saves_nothing) {
    copies[1].state = model::CopyState::removed;
    take(proof("disk", 0, true));
    EXPECT_TRUE(backup.quarantined);
}

TEST_F(Quarantine, what_does_not_restore_is_bad_in_every_store) {
    take(proof("disk", 2, true));
    EXPECT_TRUE(backup.quarantined);
    EXPECT_FALSE(copies[0].damaged);
}

TEST_F(Quarantine, only_a_proof_that_goes_further_lifts_it) {
    take(proof("disk", 2, true));
    for (const std::uint64_t level : {1U, 2U}) {
        take(proof("bucket", level));
        EXPECT_TRUE(backup.quarantined) << level;
        EXPECT_TRUE(backup.proof.damaged) << level;
    }
    take(proof("bucket", 0, true));
    take(proof("bucket", 1));
    EXPECT_TRUE(backup.quarantined);
    take(proof("disk", 3));
    EXPECT_FALSE(backup.quarantined);
    EXPECT_FALSE(backup.proof.damaged);
}

class Healing : public ::testing::Test {
protected:
    testing::OwnOffice own{*from_rfc3339("2026-11-23T15:00:00Z")};
    model::Database database;
    model::Plan plan;
    model::Backup backup;

    void SetUp() override {
        database.name = "shop";
        database = own.insert(catalog::databases, database);
        plan.name = "nightly";
        plan.databases = {database.id};
        plan = own.insert(catalog::plans, plan);
        backup = taken("schedule");
    }
    model::Backup taken(const std::string& trigger) {
        model::Backup made;
        made.name = "brave-otter-" + trigger;
        made.database = database.id;
        made.plan = plan.id;
        made.trigger = trigger;
        made = own.insert(catalog::backups, made);
        model::Copy copy;
        copy.backup = made.id;
        copy.store = "disk";
        own.insert(catalog::copies, copy);
        return made;
    }
    std::size_t heals_after(const model::Backup& bad) {
        const auto done = own.catalog().write([&](catalog::Session& session) -> Status {
            DS_TRY(auto record, judge_proof(session, bad, proof("disk", 0, true), own.clock.now()));
            return write_proof(session, record);
        });
        EXPECT_TRUE(done) << done.error().message();
        return own.rows(catalog::runs, "WHERE \"trigger\" = 'heal'").size();
    }
};

TEST_F(Healing, L_10_asks_for_one_new_backup_however_often_it_is_proven) {
    EXPECT_EQ(heals_after(backup), 1U);
    EXPECT_EQ(heals_after(backup), 1U);
    EXPECT_TRUE(own.rows(catalog::backups)[0].quarantined);
}

TEST_F(Healing, L_10_does_not_go_round_in_circles) { EXPECT_EQ(heals_after(taken("heal")), 0U); }

TEST_F(Healing, leaves_alone_what_people_paused) {
    plan.paused = true;
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::plans.update(session, plan); }));
    EXPECT_EQ(heals_after(backup), 0U);
}

TEST_F(Healing, waits_for_a_backup_that_is_under_way) {
    model::Run run;
    run.database = database.id;
    own.insert(catalog::runs, run);
    EXPECT_EQ(heals_after(backup), 0U);
}

}  // namespace
}  // namespace ds::jobs
