#include "jobs/service/news.hpp"

#include "jobs/testing/news_room.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using testing::NewsRoom;
using testing::OwnOffice;
using testing::Receiver;

class News : public NewsRoom {
protected:
    Receiver receiver;

    std::size_t deliveries() { return own.rows(catalog::deliveries).size(); }
    void change(model::Channel channel) {
        ASSERT_TRUE(own.catalog().write(
            [&](catalog::Session& session) { return catalog::channels.update(session, channel); }));
    }
};

TEST_F(News, who_chose_nothing_is_told_what_is_usual) {
    add_channel("ops", receiver);
    raise(event("backup.started"));
    raise(event("backup.succeeded"));
    EXPECT_EQ(deliveries(), 0U);
    EXPECT_TRUE(own.rows(catalog::notifications).empty());
    for (const auto* kind : {"backup.failed", "backup.recovered", "digest.weekly"})
        raise(event(kind));
    EXPECT_EQ(deliveries(), 3U);
    EXPECT_EQ(own.rows(catalog::notifications).size(), 3U);
}

TEST_F(News, a_dead_mans_switch_hears_that_all_is_well) {
    auto channel = add_channel("hc", receiver);
    channel.driver = "ping";
    change(channel);
    raise(event("backup.started"));
    raise(event("backup.succeeded"));
    raise(event("digest.weekly"));
    EXPECT_EQ(deliveries(), 2U);
}

TEST_F(News, a_channel_hears_what_its_filters_let_through) {
    auto channel = add_channel("ops", receiver, {"backup.*"});
    channel.severity = "error";
    channel.subjects = {"shop"};
    channel.subject_labels = {"env:prod", "team"};
    change(channel);
    model::Database database;
    database.name = "shop";
    database.labels = {{"env", "prod"}};
    const auto told = [&](const std::string& kind, const model::Database& of) {
        const auto before = deliveries();
        auto one = event(kind);
        about(one, of);
        raise(one);
        return deliveries() > before;
    };
    EXPECT_TRUE(told("backup.failed", database));
    EXPECT_FALSE(told("proof.failed", database));
    EXPECT_FALSE(told("backup.partly", database));
    database.labels = {{"env", "test"}};
    EXPECT_FALSE(told("backup.failed", database));
    database.labels = {{"team", "store"}};
    EXPECT_TRUE(told("backup.failed", database));
    database.name = "shopping";
    EXPECT_FALSE(told("backup.failed", database));
}

TEST_F(News, S08_another_organizations_channels_hear_nothing) {
    auto channel = add_channel("ops", receiver);
    auto strangers = event();
    strangers.organization = "somebody else";
    raise(strangers);
    EXPECT_EQ(deliveries(), 0U);
    channel.paused = true;
    change(channel);
    raise(event());
    EXPECT_EQ(deliveries(), 0U);
}

TEST_F(News, a_silent_channel_gathers_a_bounded_number_of_messages) {
    add_channel("ops", receiver);
    for (int at = 0; at < 1005; ++at) raise(event());
    const auto given_up = own.rows(catalog::deliveries, "WHERE state = 'given up'");
    ASSERT_EQ(given_up.size(), 5U);
    EXPECT_EQ(given_up[0].answer, "1000 messages wait for this channel already");
}

TEST_F(News, old_ones_go_and_what_waits_stays) {
    add_channel("ops", receiver);
    raise(event());
    deliver();
    own.clock.advance(24h * 20);
    raise(event());
    own.clock.advance(24h * 11);
    EXPECT_EQ(forget_old_news(office).value_or(99), 1U);  // the first delivery
    own.clock.advance(24h * 60);
    EXPECT_EQ(forget_old_news(office).value_or(99), 1U);  // the first notification
    EXPECT_EQ(deliveries(), 1U);
    EXPECT_EQ(own.rows(catalog::deliveries)[0].state, "waiting");
}

TEST_F(News, the_bell_keeps_a_bounded_number) {
    for (int at = 0; at < 5003; ++at) raise(event());
    EXPECT_EQ(forget_old_news(office).value_or(99), 3U);
    EXPECT_EQ(own.rows(catalog::notifications).size(), 5000U);
}

}  // namespace
}  // namespace ds::jobs
