#include "jobs/service/delivery.hpp"

#include <thread>

#include "jobs/testing/news_room.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using net::testing::answer;
using testing::NewsRoom;
using testing::Receiver;
using Kinds = std::vector<std::string>;

class Delivering : public NewsRoom {
protected:
    std::vector<model::Delivery> deliveries_to(const model::Channel& channel) {
        return own.rows(catalog::deliveries, "WHERE channel = '" + channel.id + "' ORDER BY id");
    }
    model::Channel row_of(const model::Channel& channel) {
        return own.rows(catalog::channels, "WHERE id = '" + channel.id + "'").at(0);
    }
};

TEST_F(Delivering, what_was_tried_is_kept_with_every_answer) {
    Receiver receiver;
    const auto channel = add_channel("ops", receiver);
    receiver.reply = answer(503, "busy");
    raise(event());
    deliver();
    own.clock.advance(20s);
    receiver.reply = answer(200, "thanks");
    deliver();
    const auto delivery = deliveries_to(channel).at(0);
    EXPECT_EQ(delivery.state, "delivered");
    EXPECT_EQ(delivery.attempts, 1U);
    ASSERT_EQ(delivery.tries.size(), 2U);
    EXPECT_EQ(delivery.tries[0].answer, "the webhook answers 503: busy");
    EXPECT_FALSE(delivery.tries[0].delivered);
    EXPECT_EQ(delivery.tries[1].answer, "thanks");
    EXPECT_EQ(receiver.kinds(), Kinds{"backup.failed"});
}

TEST_F(Delivering, a_channel_that_is_down_is_told_of_on_another_once_and_when_it_works_again) {
    Receiver down, other;
    const auto channel = add_channel("pager", down);
    add_channel("mail", other, {"proof.failed"});  // hears of it although it did not ask
    down.reply = answer(500);
    raise(event());
    live(2h, 5min);
    EXPECT_EQ(other.kinds(), Kinds{"channel.down"});
    EXPECT_EQ(other.last().subject, "pager");
    EXPECT_EQ(told("channel.down").size(), 1U);
    EXPECT_NE(row_of(channel).down_since, "");
    EXPECT_GT(deliveries_to(channel).at(0).attempts, 4U);

    down.reply = answer(200);
    live(2h, 5min);
    EXPECT_EQ(down.kinds(), Kinds{"backup.failed"});
    EXPECT_EQ(row_of(channel).down_since, "");
    EXPECT_EQ(told("channel.recovered").size(), 1U);
}

TEST_F(Delivering, a_message_that_is_given_up_reaches_somebody_else) {
    Receiver gone, other;
    add_channel("chat", gone);
    add_channel("mail", other, {"proof.failed"});
    gone.reply = answer(404);
    raise(event());
    deliver();
    EXPECT_EQ(other.kinds(), Kinds{"channel.down"});
    EXPECT_NE(other.last().text.find("Backup of shop failed\npg_dump: error: no such host"),
              std::string::npos)
        << other.last().text;
    own.clock.advance(1h);
    raise(event("proof.failed"));
    deliver();
    EXPECT_EQ(other.kinds(), (Kinds{"channel.down", "proof.failed", "channel.given_up"}));
}

TEST_F(Delivering, channels_that_are_all_down_do_not_report_each_other_in_circles) {
    Receiver one, two;
    add_channel("one", one);
    add_channel("two", two);
    one.reply = two.reply = answer(404);
    for (int day = 0; day < 3; ++day) {
        raise(event());
        live(24h, 1h);
    }
    // Of each channel once when it went down; the bell alone hears the rest, at most each six
    // hours.
    EXPECT_EQ(told("channel.down").size(), 2U);
    EXPECT_EQ(told("channel.recovered").size(), 0U);
    EXPECT_LE(own.rows(catalog::deliveries).size(), 8U);
    EXPECT_LE(own.rows(catalog::notifications).size(), 3U + 2U + 4U);
}

TEST_F(Delivering, R09_a_channel_that_hangs_keeps_no_other_waiting) {
    Receiver hanging, other;
    const auto stuck = add_channel("stuck", hanging);
    add_channel("ops", other);
    hanging.reply = net::testing::act(net::testing::Act::Kind::hang);
    hanging.reply.status = 500;
    for (int at = 0; at < 30; ++at) raise(event());
    std::stop_source stop;
    const sys::Run run{stop.get_token(), own.clock, sys::no_progress()};
    Deliveries deliveries{office, events, notify::plain_outside()};
    const auto begin = std::chrono::steady_clock::now();
    while (other.kinds().size() < 30 && std::chrono::steady_clock::now() - begin < 10s) {
        ASSERT_TRUE(deliveries.begin_due(run));
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_EQ(other.kinds().size(), 30U);
    stop.request_stop();
    deliveries.wait();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 14s);
    EXPECT_EQ(deliveries_to(stuck).at(0).attempts, 0U);
}

TEST_F(Delivering, what_waited_a_day_is_given_up_together) {
    Receiver down, other;
    const auto channel = add_channel("pager", down);
    add_channel("mail", other);
    down.reply = answer(503);
    for (int at = 0; at < 5; ++at) raise(event());
    live(25h, 30min);
    for (const auto& delivery : deliveries_to(channel)) EXPECT_EQ(delivery.state, "given up");
    EXPECT_EQ(told("channel.given_up").size(), 1U);
    EXPECT_NE(other.last().text.find("4 more messages were given up"), std::string::npos)
        << other.last().text;
}

TEST_F(Delivering, a_delivery_is_replayed_as_one_of_its_own) {
    Receiver receiver;
    const auto channel = add_channel("ops", receiver);
    raise(event());
    deliver();
    const auto first = deliveries_to(channel).at(0);
    const auto again = own.catalog().write([&](catalog::Session& session) {
        return replay(session, testing::OwnOffice::tenant, first.id, own.clock.now());
    });
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ(again->replay_of, first.id);
    const auto id = receiver.last().id;
    deliver();
    EXPECT_EQ(receiver.kinds(), (Kinds{"backup.failed", "backup.failed"}));
    EXPECT_EQ(receiver.last().id, id);
    const auto strangers = own.catalog().write([&](catalog::Session& session) {
        return replay(session, "somebody else", first.id, own.clock.now());
    });
    EXPECT_EQ(strangers.error().code(), Code::not_found);
}

TEST_F(Delivering, many_messages_to_one_channel_arrive_in_their_order) {
    Receiver receiver;
    add_channel("ops", receiver, {"backup.*"});
    Kinds sent;
    for (int at = 0; at < 40; ++at) {
        sent.push_back(at % 2 == 0 ? "backup.failed" : "backup.succeeded");
        raise(event(sent.back()));
        own.clock.advance(1s);
    }
    EXPECT_EQ(deliver(), 4);  // ten a turn
    EXPECT_EQ(receiver.kinds(), sent);
}

}  // namespace
}  // namespace ds::jobs
