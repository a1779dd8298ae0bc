#include <thread>

#include "jobs/service/capacity.hpp"
#include "jobs/service/digest.hpp"
#include "jobs/service/run_news.hpp"
#include "jobs/testing/news_room.hpp"
#include "sys/testing/pg_server.hpp"

// News in a catalog on PostgreSQL, where servers meet that do everything at the same moment.
namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using net::testing::answer;
using testing::NewsRoom;
using testing::OwnOffice;
using testing::Receiver;
using Kinds = std::vector<std::string>;

sys::testing::PgServer& postgres() {
    static sys::testing::PgServer server{{.major = 17}};
    return server;
}

/// A database each.
Secret new_catalog() {
    static int count = 0;
    const auto name = "news" + std::to_string(++count);
    postgres().psql("postgres", {"-c", "CREATE DATABASE " + name});
    return postgres().url(name);
}

class NewsOnPostgres : public NewsRoom {
protected:
    NewsOnPostgres() : NewsRoom{new_catalog()} {}

    void SetUp() override {
        model::Organization organization;
        catalog::begin_record(organization, OwnOffice::tenant, own.clock.now());
        organization.id = OwnOffice::tenant;
        ASSERT_TRUE(own.catalog().write([&](catalog::Session& session) {
            return catalog::organizations.insert(session, organization);
        }));
    }

    /// Eight servers do it at once; returns how many did something, all together.
    template <class Work>
    std::size_t at_once(Work work) {
        std::atomic<std::size_t> sum = 0;
        std::vector<std::jthread> servers;
        for (int at = 0; at < 8; ++at) {
            servers.emplace_back([&] {
                Events others{office};
                for (int look = 0; look < 3; ++look) sum += work(others).value_or(0);
            });
        }
        servers.clear();
        return sum;
    }
};

TEST_F(NewsOnPostgres, messages_are_delivered_tried_again_reported_and_forgotten) {
    Receiver down, other;
    add_channel("pager", down);
    add_channel("mail", other, {"proof.failed"});
    down.reply = answer(503);
    raise(event());
    live(1h, 5min);
    EXPECT_EQ(other.kinds(), Kinds{"channel.down"});
    down.reply = answer(200);
    live(1h, 5min);
    EXPECT_EQ(down.kinds(), Kinds{"backup.failed"});
    own.clock.advance(24h * 100);
    EXPECT_EQ(forget_old_news(office).value_or(99), 2U + 3U);
}

TEST_F(NewsOnPostgres, a_digest_comes_once_however_many_servers_look) {
    const auto send = [&](Events& others) { return send_due_digests(office, others); };
    EXPECT_EQ(at_once(send), 0U);
    EXPECT_EQ(own.rows(catalog::digests).size(), 1U);
    own.clock.advance(24h * 6);
    EXPECT_EQ(at_once(send), 1U);
    EXPECT_EQ(told("digest.weekly").size(), 1U);
}

TEST_F(NewsOnPostgres, a_full_store_is_told_once_however_many_servers_look) {
    model::Store store;
    store.name = "disk";
    store.bytes_max = 100;
    store = own.insert(catalog::stores, store);
    model::Copy copy;
    copy.store = store.id;
    copy.stored_bytes = 95;
    own.insert(catalog::copies, copy);
    EXPECT_EQ(at_once([&](Events& others) { return watch_capacity(office, others); }), 1U);
    EXPECT_EQ(told("store.nearly_full").size(), 1U);
}

TEST_F(NewsOnPostgres, a_recovery_is_known) {
    model::Run run;
    run.database = "db";
    run.state = model::RunState::failed;
    own.insert(catalog::runs, run);
    own.clock.advance(1h);
    run.state = model::RunState::succeeded;
    run = own.insert(catalog::runs, run);
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return tell_of_end(session, events, run, {}); }));
    EXPECT_EQ(told("backup.recovered").size(), 1U);
}

}  // namespace
}  // namespace ds::jobs
