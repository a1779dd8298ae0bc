#include "jobs/service/run_news.hpp"

#include "catalog/run_queue.hpp"
#include "jobs/service/run_ending.hpp"
#include "jobs/testing/news_room.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using model::RunState;
using testing::NewsRoom;
using testing::Receiver;
using Kinds = std::vector<std::string>;

/// Runs whose work is said instead of done; all the rest is real.
class RunNews : public NewsRoom {
protected:
    Receiver receiver;
    model::Database database;

    void SetUp() override {
        add_channel("all", receiver, {"backup.*", "run.*", "proof.*"});
        database.name = "shop";
        database.labels = {{"env", "prod"}};
        database = own.insert(catalog::databases, database);
    }

    void enqueue(model::RunKind kind = model::RunKind::backup, std::uint64_t attempts_max = 1) {
        model::Run run;
        run.kind = kind;
        run.database = database.id;
        run.attempts_max = attempts_max;
        own.insert(catalog::runs, run);
        own.clock.advance(1s);  // ids of one moment have no order
    }
    /// The next run of the queue ends like that; returns what the channel was told of it.
    Kinds end_next(Result<Outcome> outcome, Verdict verdict = Verdict::none) {
        const auto before = receiver.kinds().size();
        const auto claimed = catalog::claim_run(own.catalog(), office.name, own.clock.now(), {});
        EXPECT_TRUE(claimed && *claimed);
        if (!claimed || !*claimed) return {};
        Journal journal{own.clock};
        end_run(office, events, **claimed, verdict, std::move(outcome), journal);
        deliver();
        const auto all = receiver.kinds();
        own.clock.advance(1h);
        Kinds of_it{all.begin() + static_cast<std::ptrdiff_t>(before), all.end()};
        std::sort(of_it.begin(), of_it.end());
        return of_it;
    }
    Kinds fails() { return end_next(fail(Code::unavailable, "no such host")); }
    Kinds succeeds() { return end_next(Outcome{}); }
};

TEST_F(RunNews, a_recovery_is_told_once_and_only_after_a_failure_was) {
    enqueue();
    EXPECT_EQ(succeeds(), Kinds{"backup.succeeded"});
    enqueue();
    EXPECT_EQ(fails(), Kinds{"backup.failed"});
    enqueue();
    EXPECT_EQ(succeeds(), (Kinds{"backup.recovered", "backup.succeeded"}));
    enqueue();
    EXPECT_EQ(succeeds(), Kinds{"backup.succeeded"});
    EXPECT_EQ(told("backup.recovered").size(), 1U);
}

TEST_F(RunNews, a_failure_that_a_retry_mends_is_no_news) {
    enqueue(model::RunKind::backup, 3);
    EXPECT_EQ(fails(), Kinds{});
    EXPECT_EQ(fails(), Kinds{});
    EXPECT_EQ(succeeds(), Kinds{"backup.succeeded"});
    enqueue(model::RunKind::backup, 2);
    EXPECT_EQ(fails(), Kinds{});
    EXPECT_EQ(fails(), Kinds{"backup.failed"});
    enqueue();
    EXPECT_EQ(succeeds(), (Kinds{"backup.recovered", "backup.succeeded"}));
}

TEST_F(RunNews, a_recovery_is_not_lost_by_a_run_that_was_cut_off) {
    enqueue();
    EXPECT_EQ(fails(), Kinds{"backup.failed"});
    enqueue();
    EXPECT_EQ(end_next(fail(Code::cancelled, "cancelled"), Verdict::cancelled), Kinds{});
    enqueue();
    EXPECT_EQ(end_next(fail(Code::cancelled, "stopped"), Verdict::server_stops), Kinds{});
    EXPECT_EQ(succeeds(), (Kinds{"backup.recovered", "backup.succeeded"}));
}

TEST_F(RunNews, a_stalled_run_is_told_of_once_though_it_is_tried_again) {
    enqueue(model::RunKind::backup, 2);
    EXPECT_EQ(end_next(fail(Code::cancelled, "stopped"), Verdict::stalled), Kinds{"run.stalled"});
    EXPECT_EQ(told("run.stalled").size(), 1U);
    EXPECT_EQ(receiver.last().labels, Kinds{"env:prod"});
    EXPECT_EQ(receiver.last().severity, model::Severity::warning);
    EXPECT_EQ(succeeds(), Kinds{"backup.succeeded"});
}

TEST_F(RunNews, a_backup_that_begins_is_told_to_who_chose_it) {
    Receiver other;
    add_channel("usual", other);
    model::Run run;
    run.database = database.id;
    run.organization = testing::OwnOffice::tenant;
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return tell_of_begin(session, events, run); }));
    deliver();
    EXPECT_EQ(receiver.kinds(), Kinds{"backup.started"});
    EXPECT_EQ(other.kinds(), Kinds{});
    EXPECT_TRUE(told("backup.started").empty());
}

TEST_F(RunNews, a_proof_that_found_damage_is_told) {
    enqueue(model::RunKind::verify);
    Outcome outcome;
    outcome.state = RunState::failed;
    outcome.error = "brave-otter is damaged: row counts differ";
    EXPECT_EQ(end_next(std::move(outcome)), Kinds{"proof.failed"});
    EXPECT_EQ(receiver.last().text, "brave-otter is damaged: row counts differ");
}

}  // namespace
}  // namespace ds::jobs
