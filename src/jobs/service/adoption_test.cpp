#include "jobs/service/adoption.hpp"

#include <gtest/gtest.h>

#include "archive/signer.hpp"
#include "archive/writer.hpp"
#include "jobs/service/holding.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/testing/own_office.hpp"
#include "stores/testing/faulty_store.hpp"
#include "stream/stream.hpp"
#include "sys/files.hpp"
#include "sys/random.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using model::CopyState;
using model::RunState;

/// A plan whose scheduled run died, and the attempts behind it.
class Adoption : public ::testing::Test {
protected:
    testing::OwnOffice own{std::chrono::system_clock::now()};
    Office office = own.office();
    BackupGround ground;
    OpenedStores opened;

    void SetUp() override {
        model::Store store;
        store.name = "disk";
        store.url = "file://" + (own.directory / "store").string();
        ground.stores = {own.insert(catalog::stores, store)};
        ground.plan.name = "nightly";
        ground.plan = own.insert(catalog::plans, ground.plan);
        ground.database.name = "shop";
        ground.database = own.insert(catalog::databases, ground.database);
        opened = open_stores(office, ground, sys::plain_run()).value();
    }

    model::Run attempt(std::uint64_t number, RunState state, const std::string& place = {},
                       const std::string& backup = {}) {
        model::Run run;
        run.kind = model::RunKind::backup;
        run.plan = ground.plan.id;
        run.database = ground.database.id;
        run.scheduled_for = rfc3339(own.clock.now());
        run.trigger = number == 1 ? model::Trigger::schedule : model::Trigger::retry;
        run.attempt = number;
        run.state = state;
        run.place = place;
        run.backup = backup;
        run.finished = run.scheduled_for;
        return own.insert(catalog::runs, run);
    }

    /// What the dead server had completed.
    archive::Place stored() {
        const archive::Place place{"shop-1", sys::make_ulid(own.clock.now())};
        archive::Writer writer{{opened.front().get()}, place, {}, sys::plain_run()};
        Bytes bytes(100);
        stream::MemorySource dump{bytes};
        EXPECT_TRUE(writer.add("database.dump", dump, bytes.size()));
        archive::Manifest manifest;
        manifest.engine = "postgres";
        manifest.method = "logical";
        manifest.name = "calm-river";
        manifest.started = manifest.finished = rfc3339(own.clock.now());
        const auto sealed =
            writer.seal(std::move(manifest), {}, archive::own_signing_key(office.state).value());
        EXPECT_TRUE(sealed) << sealed.error().message();
        return place;
    }

    std::optional<Adopted> adopt(const model::Run& order) {
        auto adopted = adopt_orphans(office, order, ground, opened);
        EXPECT_TRUE(adopted) << adopted.error().message();
        return adopted ? *adopted : std::nullopt;
    }
};

TEST_F(Adoption, what_a_dead_attempt_completed_is_the_next_ones_work) {
    const auto place = stored();
    attempt(1, RunState::interrupted, text_of(place));
    const auto adopted = adopt(attempt(2, RunState::running));
    ASSERT_TRUE(adopted);
    EXPECT_EQ(adopted->backup, place.id);
    EXPECT_EQ(own.rows(catalog::copies).at(0).state, CopyState::complete);
}

TEST_F(Adoption, a_name_that_another_has_is_told_apart_and_holds_nothing_up) {
    for (const char* name : {"calm-river", "calm-river-2"}) {
        model::Backup namesake;
        namesake.name = name;
        own.insert(catalog::backups, namesake);
    }
    attempt(1, RunState::interrupted, text_of(stored()));
    const auto adopted = adopt(attempt(2, RunState::running));
    ASSERT_TRUE(adopted);
    const auto rows = own.rows(catalog::backups, "WHERE id = '" + adopted->backup + "'");
    EXPECT_EQ(rows.at(0).name, "calm-river-3");
}

TEST_F(Adoption, R_02_what_was_entered_by_one_that_died_in_its_turn_is_not_made_again) {
    const auto place = stored();
    attempt(1, RunState::interrupted, text_of(place));
    ASSERT_TRUE(adopt(attempt(2, RunState::running)));
    // The second dies before it can say so.
    const auto adopted = adopt(attempt(3, RunState::running));
    ASSERT_TRUE(adopted);
    EXPECT_EQ(adopted->backup, place.id);
    EXPECT_EQ(own.rows(catalog::backups).size(), 1U);
}

TEST_F(Adoption, R_02_what_was_done_again_meanwhile_is_condemned) {
    attempt(1, RunState::interrupted, text_of(stored()));
    attempt(2, RunState::succeeded, {}, "another");
    model::Run later;
    later.kind = model::RunKind::backup;
    later.plan = ground.plan.id;
    later.database = ground.database.id;
    later.scheduled_for = rfc3339(own.clock.now() + 1h);
    EXPECT_FALSE(adopt(own.insert(catalog::runs, later)));
    const auto copy = own.rows(catalog::copies).at(0);
    EXPECT_EQ(copy.state, CopyState::condemned);
    EXPECT_TRUE(is_leaving(copy)) << "no rule keeps it";
}

TEST_F(Adoption, a_store_that_does_not_answer_keeps_the_next_attempt_from_doing_it_again) {
    attempt(1, RunState::interrupted, text_of(stored()));
    const auto store = std::move(opened.front());
    opened.front() = std::make_unique<stores::testing::FaultyStore>(*store, 1);
    EXPECT_FALSE(adopt_orphans(office, attempt(2, RunState::running), ground, opened));
}

TEST_F(Adoption, what_nobody_can_read_is_made_again) {
    const auto place = stored();
    attempt(1, RunState::interrupted, text_of(place));
    ASSERT_TRUE(sys::write_file(own.directory / "store" / place.key(archive::manifest_object),
                                view_of("half a man")));
    EXPECT_FALSE(adopt(attempt(2, RunState::running)));
}

}  // namespace
}  // namespace ds::jobs
