#include "jobs/service/digest.hpp"

#include "jobs/testing/news_room.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;
using testing::NewsRoom;
using testing::OwnOffice;
using testing::Receiver;

// The room's clock stands at a Wednesday, 09:00 UTC.
class Digests : public NewsRoom {
protected:
    void SetUp() override {
        model::Organization organization;
        catalog::begin_record(organization, OwnOffice::tenant, own.clock.now());
        organization.id = OwnOffice::tenant;
        organization.name = "Acme";
        ASSERT_TRUE(own.catalog().write([&](catalog::Session& session) {
            return catalog::organizations.insert(session, organization);
        }));
    }
    std::size_t send() { return send_due_digests(office, events).value_or(99); }
    model::Event written() {
        auto event = own.catalog().read([&](catalog::Session& session) {
            return write_digest(session, OwnOffice::tenant, own.clock.now());
        });
        EXPECT_TRUE(event) << event.error().message();
        return event.value_or(model::Event{});
    }
    std::string field(const model::Event& event, std::string_view name) {
        for (const auto& one : event.fields) {
            if (one.name == name) return one.value;
        }
        return "";
    }
};

TEST_F(Digests, come_once_on_monday_morning) {
    EXPECT_EQ(send(), 0U);
    EXPECT_EQ(own.rows(catalog::digests).at(0).next, "2026-11-23T08:00:00Z");
    own.clock.advance(24h * 4);
    EXPECT_EQ(send(), 0U);
    own.clock.advance(24h);  // Monday 09:00
    EXPECT_EQ(send(), 1U);
    EXPECT_EQ(send(), 0U);
    EXPECT_EQ(told("digest.weekly").size(), 1U);
    own.clock.advance(24h * 7);
    EXPECT_EQ(send(), 1U);
}

TEST_F(Digests, come_once_with_two_servers_and_after_a_long_silence) {
    EXPECT_EQ(send(), 0U);
    own.clock.advance(24h * 30);
    auto second = own.office();
    second.name = "second";
    Events others{second};
    EXPECT_EQ(send() + send_due_digests(second, others).value_or(99), 1U);
    // A server that had read the row before the other told finds that it was told.
    auto stale = own.rows(catalog::digests).at(0);
    --stale.version;
    const auto late = own.catalog().write(
        [&](catalog::Session& session) { return catalog::digests.update(session, stale); });
    EXPECT_EQ(late.error().code(), Code::conflict);
    EXPECT_EQ(told("digest.weekly").size(), 1U);
}

TEST_F(Digests, come_in_the_organizations_zone) {
    model::Digest digest;
    digest.zone = "America/New_York";
    ASSERT_TRUE(plan_digest(digest, own.clock.now()));
    EXPECT_EQ(digest.next, "2026-11-23T13:00:00Z");
    digest.zone = "Mars/Olympus";
    EXPECT_TRUE(plan_digest(digest, own.clock.now()).error().message().starts_with("zone: "));
    digest = {};
    digest.schedule = "often";
    EXPECT_TRUE(plan_digest(digest, own.clock.now()).error().message().starts_with("schedule: "));
    digest = {};
    digest.paused = true;
    ASSERT_TRUE(plan_digest(digest, own.clock.now()));
    EXPECT_EQ(digest.next, "");
}

TEST_F(Digests, say_what_wants_attention_and_what_happened) {
    EXPECT_NE(written().title.find("no databases yet"), std::string::npos);
    model::Server server;
    server.name = "db";
    server = own.insert(catalog::servers, server);
    model::Store store;
    store.name = "disk";
    store.bytes_max = 1000;
    store = own.insert(catalog::stores, store);
    model::Plan plan;
    plan.schedule = "@daily";
    plan.verify_schedule = "@weekly";
    for (const auto* name : {"shop", "blog"}) {
        model::Database database;
        database.name = name;
        database.server = server.id;
        database = own.insert(catalog::databases, database);
        plan.name = name;
        plan.databases = {database.id};
        own.insert(catalog::plans, plan);
        model::Run run;
        run.database = database.id;
        run.state =
            std::string{name} == "shop" ? model::RunState::succeeded : model::RunState::failed;
        run = own.insert(catalog::runs, run);
        if (run.state == model::RunState::failed) continue;
        model::Backup backup;
        backup.name = "brave-otter";
        backup.database = database.id;
        backup.taken = backup.proof.at = rfc3339(own.clock.now());
        backup = own.insert(catalog::backups, backup);
        model::Copy copy;
        copy.backup = backup.id;
        copy.store = store.id;
        copy.stored_bytes = 950;
        own.insert(catalog::copies, copy);
    }
    const auto event = written();
    EXPECT_EQ(event.title, "Week to 2026-11-18: 1 of 2 databases want attention");
    EXPECT_EQ(event.severity, model::Severity::warning);
    EXPECT_TRUE(event.text.starts_with("blog: unprotected – ")) << event.text;
    EXPECT_EQ(event.text.find("shop"), std::string::npos) << event.text;
    EXPECT_EQ(field(event, "Protected"), "1 of 2");
    EXPECT_EQ(field(event, "Backups"), "1 made, 1 failed");
    EXPECT_EQ(field(event, "Proofs"), "0 passed, 0 failed");
    EXPECT_EQ(field(event, "Stored"), "950 B; 950 B came, 0 B went");
    EXPECT_EQ(field(event, "Nearly full"), "disk (95 %)");
    EXPECT_EQ(field(event, "Oldest recovery point"), "2026-11-18T09:00:00Z");
    own.clock.advance(24h * 8);
    EXPECT_EQ(field(written(), "Backups"), "0 made, 0 failed");
}

}  // namespace
}  // namespace ds::jobs
