#include "notify/dispatch.hpp"

#include <gtest/gtest.h>

#include "notify/rules.hpp"
#include "notify/testing/some_event.hpp"

namespace ds::notify {
namespace {

using namespace std::chrono_literals;

const auto now = std::chrono::system_clock::time_point{} + 1'000'000s;

Error busy(long wait_seconds = 0) { return fail(Code::unavailable, "busy").waiting(wait_seconds); }

TEST(Dispatch, pauses_double_from_ten_seconds_to_an_hour) {
    const std::vector<std::chrono::seconds> expected{10s, 20s, 40s, 80s, 160s, 320s};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto outcome = judge(busy(), {static_cast<int>(i), now}, now, 0);
        EXPECT_EQ(outcome.decision, Decision::again);
        EXPECT_EQ(outcome.again_at - now, expected[i]);
    }
    EXPECT_EQ(judge(busy(), {30, now}, now, 0).again_at - now, 3600s);
    EXPECT_EQ(judge(busy(), {30, now}, now, 1).again_at - now, 2700s);
}

TEST(Dispatch, never_comes_back_before_the_other_side_said) {
    EXPECT_EQ(judge(busy(7200), {0, now}, now, 0).again_at - now, 7200s);
    EXPECT_EQ(judge(busy(3), {0, now}, now, 0).again_at - now, 10s);
}

TEST(Dispatch, gives_up_after_a_day_and_says_so) {
    const auto last = judge(busy(), {20, now - 23h}, now, 0);
    EXPECT_EQ(last.decision, Decision::again);
    const auto over = judge(busy(), {21, now - 23h - 1s}, now, 0);
    EXPECT_EQ(over.decision, Decision::give_up);
    EXPECT_NE(over.why.find("22 tries"), std::string::npos) << over.why;
    EXPECT_EQ(judge(busy(100'000), {0, now}, now, 0).decision, Decision::give_up);
}

TEST(Dispatch, an_error_for_good_ends_it_at_once_with_its_reason) {
    for (const auto code : {Code::invalid, Code::not_found, Code::unauthenticated, Code::denied}) {
        const auto outcome = judge(fail(code, "gone", "Make a new one."), {0, now}, now, 0);
        EXPECT_EQ(outcome.decision, Decision::give_up);
        EXPECT_EQ(outcome.why, "gone – Make a new one.");
    }
}

TEST(Dispatch, a_try_that_was_stopped_counts_for_nothing) {
    const auto outcome = judge(fail(Code::cancelled, "stopped"), {5, now - 48h}, now, 0);
    EXPECT_EQ(outcome.decision, Decision::again);
    EXPECT_EQ(outcome.again_at, now);
    EXPECT_FALSE(outcome.counts);
}

class Scripted final : public Notifier {
public:
    explicit Scripted(Result<Receipt> result) : result_{std::move(result)} {}
    Result<Receipt> send(const model::Event&, const sys::Run&) override { return result_; }

private:
    Result<Receipt> result_;
};

TEST(Dispatch, an_attempt_tells_what_came_of_it) {
    Scripted good{Receipt{200, "ok"}};
    const Tries tries{0, std::chrono::system_clock::now()};
    const auto delivered = attempt(good, testing::some_event(), tries, sys::plain_run());
    EXPECT_EQ(delivered.decision, Decision::delivered);
    EXPECT_EQ(delivered.receipt.value().answer, "ok");
    Scripted bad{busy(60)};
    const auto again = attempt(bad, testing::some_event(), tries, sys::plain_run());
    EXPECT_EQ(again.decision, Decision::again);
    EXPECT_GE(again.again_at, tries.since + 60s);
    EXPECT_TRUE(again.counts);
}

TEST(Rules, an_empty_subscription_wants_everything) {
    EXPECT_TRUE(wants({}, testing::some_event()));
}

TEST(Rules, every_restriction_must_hold) {
    auto event = testing::some_event();
    event.labels = {"prod", "eu"};
    Subscription subscription;
    subscription.kinds = {"proof.failed", "backup.*"};
    subscription.subjects = {"blog", "shop"};
    subscription.labels = {"eu"};
    subscription.severity_min = model::Severity::warning;
    EXPECT_TRUE(wants(subscription, event));
    event.kind = "backupx.failed";
    EXPECT_FALSE(wants(subscription, event));
    event.kind = "proof.failed";
    EXPECT_TRUE(wants(subscription, event));
    event.severity = model::Severity::info;
    EXPECT_FALSE(wants(subscription, event));
    event.severity = model::Severity::warning;
    EXPECT_TRUE(wants(subscription, event));
    event.subject = "sho";
    EXPECT_FALSE(wants(subscription, event));
    event.subject = "shop";
    event.labels = {"us"};
    EXPECT_FALSE(wants(subscription, event));
}

}  // namespace
}  // namespace ds::notify
