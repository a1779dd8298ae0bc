#include "jobs/rescue/rescue.hpp"

#include "archive/layout.hpp"
#include "jobs/rescue/store_url.hpp"
#include "jobs/service/catalog_backup.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/testing/own_office.hpp"
#include "stores/file/file_store.hpp"

namespace ds::jobs {
namespace {

using namespace std::chrono_literals;

class Rescuing : public ::testing::Test {
protected:
    testing::OwnOffice own{std::chrono::system_clock::now() - 48h};
    Office office = own.office();
    sys::testing::TempDirectory directory;
    crypto::Identity identity = crypto::Identity::generate();
    std::string url = "file://" + (directory / "store").string();
    stores::file::FileStore files{directory / "store", sys::plain_run()};
    sys::fs::path into = directory / "new";
    RescueOrder order{{{url, &files}}, {identity}, {}, false, into};

    void SetUp() override {
        model::Organization tenant;
        catalog::begin_record(tenant, testing::OwnOffice::tenant, own.clock.now());
        tenant.id = testing::OwnOffice::tenant;
        tenant.name = "default";
        ASSERT_TRUE(own.catalog().write([&](catalog::Session& session) {
            return catalog::organizations.insert(session, tenant);
        }));
        model::Store store;
        store.name = "disk";
        store.url = url;
        store = own.insert(catalog::stores, store);
        model::Key key;
        key.name = "main";
        key.recipient = identity.recipient();
        own.insert(catalog::keys, key);
        model::Server server;
        server.name = "db";
        catalog::begin_record(server, testing::OwnOffice::tenant, own.clock.now());
        server.sealed = office.vault.seal(Secret{"hunter2"}, "servers/" + server.id);
        ASSERT_TRUE(own.catalog().write(
            [&](catalog::Session& session) { return catalog::servers.insert(session, server); }));
        model::Plan plan;
        plan.name = "nightly";
        plan.next_run = "2020-01-01T00:00:00Z";
        own.insert(catalog::plans, plan);
        model::Run run;
        run.state = model::RunState::queued;
        own.insert(catalog::runs, run);
    }

    archive::Manifest back_up() {
        own.clock.advance(60s);
        const auto saved = back_up_catalog(office, testing::OwnOffice::tenant, sys::plain_run());
        DS_CHECK(saved.has_value(), "the catalog is not backed up");
        return saved->manifest;
    }
    Result<RescueReport> rescued() { return rescue(order, sys::plain_run()); }
    sys::fs::path object(const archive::Manifest& manifest, std::string_view name) const {
        return directory / "store" / archive::Place{manifest.source, manifest.id}.key(name);
    }
    void damage(const archive::Manifest& manifest) const {
        const auto path = object(manifest, manifest.parts[0].object);
        auto bytes = sys::read_file(path, 1 * MiB).value();
        bytes[bytes.size() / 2] ^= std::byte{1};
        ASSERT_TRUE(sys::write_file(path, bytes, 0600));
    }
};

TEST_F(Rescuing, the_new_catalog_holds_everything_and_nothing_in_it_starts_by_itself) {
    back_up();
    const auto report = rescued();
    ASSERT_TRUE(report) << report.error().message();
    ASSERT_EQ(report->organizations.size(), 1U);
    EXPECT_EQ(report->organizations[0].servers, 1U);
    EXPECT_FALSE(report->organizations[0].plans.at(0).was_paused);
    EXPECT_TRUE(report->damages.empty());

    const auto catalog = catalog::Catalog::open({into, {}}).value();
    const auto vault = catalog::Vault::open(into / "master.key").value();
    const auto read = [&](const auto& table) {
        return catalog->read([&](catalog::Session& s) { return table.select(s, ""); }).value();
    };
    const auto server = read(catalog::servers).at(0);
    EXPECT_EQ(vault.open_sealed(server.sealed, "servers/" + server.id)->reveal(), "hunter2");
    EXPECT_FALSE(office.vault.open_sealed(server.sealed, "servers/" + server.id));
    const auto plan = read(catalog::plans).at(0);
    EXPECT_TRUE(plan.paused);
    EXPECT_EQ(plan.next_run, "");
    EXPECT_EQ(read(catalog::runs).at(0).state, model::RunState::interrupted);
    EXPECT_FALSE(sys::fs::exists(into / ".rescue"));
    EXPECT_TRUE(sys::fs::exists(into / "trusted-signers"));
}

TEST_F(Rescuing, a_directory_that_holds_something_is_not_touched) {
    back_up();
    ASSERT_TRUE(sys::make_directories(into, 0700));
    ASSERT_TRUE(sys::write_file(into / "master.key", view_of("mine")));
    EXPECT_EQ(rescued().error().code(), Code::conflict);
    EXPECT_EQ(text_of(sys::read_file(into / "master.key", 100).value()), "mine");
    EXPECT_FALSE(sys::fs::exists(into / ".rescue"));
}

TEST_F(Rescuing, what_a_killed_rescue_left_is_in_nobodys_way) {
    back_up();
    ASSERT_TRUE(sys::make_directories(into / ".rescue" / "scratch", 0700));
    ASSERT_TRUE(rescued());
    EXPECT_TRUE(sys::fs::exists(into / "catalog.sqlite"));
}

TEST_F(Rescuing, a_damaged_catalog_is_told_and_the_one_before_it_taken) {
    const auto older = back_up();
    damage(back_up());
    const auto report = rescued();
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->organizations.at(0).catalog, older.started);
    ASSERT_EQ(report->damages.size(), 1U);
    EXPECT_NE(report->damages[0].find("not what was written"), std::string::npos)
        << report->damages[0];
}

TEST_F(Rescuing, without_a_catalog_that_can_be_used_nothing_is_made) {
    const auto only = back_up();
    order.identities = {crypto::Identity::generate()};
    EXPECT_EQ(rescued().error().code(), Code::unauthenticated);
    order.identities = {identity};
    order.signers = {"ds-sign1:somebody else"};
    EXPECT_EQ(rescued().error().code(), Code::unauthenticated);
    order.signers = {only.signer};
    damage(only);
    EXPECT_EQ(rescued().error().code(), Code::corrupt);
    EXPECT_FALSE(sys::fs::exists(into));
}

TEST_F(Rescuing, a_manifest_that_somebody_changed_is_not_believed) {
    const auto only = back_up();
    auto changed = only;
    changed.summary.database = "another";
    ASSERT_TRUE(sys::write_file(object(only, "manifest.json"),
                                view_of(archive::write_manifest(changed)), 0600));
    const auto refused = rescued();
    EXPECT_EQ(refused.error().code(), Code::corrupt);
    EXPECT_FALSE(sys::fs::exists(into));
}

TEST_F(Rescuing, organizations_come_from_stores_of_their_own) {
    back_up();
    const auto theirs = "file://" + (directory / "theirs").string();
    stores::file::FileStore other{directory / "theirs", sys::plain_run()};
    const auto their_key = crypto::Identity::generate();
    ASSERT_TRUE(own.catalog().write([&](catalog::Session& session) -> Status {
        const auto begun = [&](auto row) {
            catalog::begin_record(row, "other", own.clock.now());
            return row;
        };
        auto tenant = begun(model::Organization{});
        tenant.id = tenant.name = "other";
        DS_DO(catalog::organizations.insert(session, tenant));
        auto store = begun(model::Store{});
        store.url = theirs;
        DS_DO(catalog::stores.insert(session, store));
        auto key = begun(model::Key{});
        key.recipient = their_key.recipient();
        return catalog::keys.insert(session, key);
    }));
    ASSERT_TRUE(back_up_catalog(office, "other", sys::plain_run()));
    order.stores.push_back({theirs, &other});
    const auto half = rescued();
    ASSERT_TRUE(half) << half.error().message();
    EXPECT_EQ(half->organizations.size(), 1U) << "the other's key is not ours";
    EXPECT_EQ(half->damages.size(), 1U);
    order.identities.push_back(their_key);
    order.into = directory / "both";
    const auto both = rescued();
    ASSERT_TRUE(both) << both.error().message();
    EXPECT_EQ(both->organizations.size(), 2U);
    EXPECT_TRUE(both->damages.empty());
}

/// A backup of a database, as far as a listing goes.
archive::Manifest put_backup(stores::Store& store, const std::string& source, std::string name) {
    archive::Manifest manifest;
    manifest.format = archive::format_name;
    manifest.version = archive::format_version;
    manifest.id = catalog::new_id(std::chrono::system_clock::now());
    manifest.name = std::move(name);
    manifest.engine = "postgres";
    manifest.source = source;
    manifest.started = manifest.finished = "2026-11-23T10:00:00Z";
    manifest.summary.database = "shop";
    manifest.parts = {
        {"database.dump", "database.dump", ~0ULL, std::string(64, 'a'), ~0ULL, "none", false}};
    const archive::Place place{manifest.source, manifest.id};
    const auto put = stores::put(store, place.key(archive::manifest_object),
                                 view_of(archive::write_manifest(manifest)));
    DS_CHECK(put.has_value(), "the manifest is not stored");
    return manifest;
}

TEST_F(Rescuing, the_store_says_what_is_there) {
    model::Database database;
    database.name = "shop";
    database.source_id = "shop-1";
    database = own.insert(catalog::databases, database);
    const auto store = own.rows(catalog::stores).at(0);
    const auto insert_backup = [&](const std::string& id, const std::string& in) {
        model::Backup backup;
        catalog::begin_record(backup, testing::OwnOffice::tenant, own.clock.now());
        backup.id = backup.name = id;
        backup.database = database.id;
        ASSERT_TRUE(own.catalog().write(
            [&](catalog::Session& session) { return catalog::backups.insert(session, backup); }));
        model::Copy copy;
        copy.backup = id;
        copy.store = in;
        own.insert(catalog::copies, copy);
    };
    insert_backup(catalog::new_id(own.clock.now()), store.id);  // gone from the store
    insert_backup(catalog::new_id(own.clock.now()), "elsewhere");
    back_up();
    put_backup(files, "shop-1", "newer");
    put_backup(files, "unknown-2", "newer");  // of the same name, to be sure
    const auto report = rescued();
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->backups_added, 2U);
    EXPECT_EQ(report->copies_missing, 1U);
    const auto catalog = catalog::Catalog::open({into, {}}).value();
    const auto states = catalog->read([](catalog::Session& s) {
        return s.run(
            "SELECT state, count(*), sum(stored_bytes) FROM copies GROUP BY state ORDER BY state");
    });
    ASSERT_TRUE(states) << states.error().message();
    ASSERT_EQ(states->size(), 2U);
    EXPECT_EQ(sql::number_of(states->at(0).at(1)), 3) << "two found, one elsewhere";
    EXPECT_EQ(sql::text_of(states->at(1).at(0)), "missing");
    const auto archived = catalog->read(
        [](catalog::Session& s) { return catalog::databases.select(s, "WHERE archived = 1"); });
    ASSERT_EQ(archived->size(), 1U);
    EXPECT_EQ(archived->at(0).source_id, "unknown-2");
}

TEST_F(Rescuing, manifests_alone_make_a_list) {
    put_backup(files, "shop-1", "one");
    const auto report = rescued();
    ASSERT_TRUE(report) << report.error().message();
    ASSERT_EQ(report->organizations.size(), 1U);
    EXPECT_EQ(report->organizations[0].catalog, "");
    EXPECT_EQ(report->organizations[0].backups, 1U);
}

TEST(StoreUrl, keeps_secrets_apart) {
    const auto apart = without_secrets(
        "s3://bucket/a%20b?endpoint=http%3A%2F%2Fhost%3A1&secret_key=hush%2Fhush&access_key=me");
    ASSERT_TRUE(apart) << apart.error().message();
    EXPECT_EQ(apart->plain, "s3://bucket/a%20b?endpoint=http%3A%2F%2Fhost%3A1&access_key=me");
    EXPECT_EQ(apart->secrets, (model::Labels{{"secret_key", "hush/hush"}}));
    EXPECT_EQ(without_secrets("file:///srv/backups")->plain, "file:///srv/backups");
}

TEST_F(Rescuing, an_empty_store_is_nothing_to_rebuild_from) {
    EXPECT_EQ(rescued().error().code(), Code::not_found);
    EXPECT_FALSE(sys::fs::exists(into));
}

}  // namespace
}  // namespace ds::jobs
