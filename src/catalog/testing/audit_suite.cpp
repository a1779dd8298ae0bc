#include <thread>

#include "catalog/audit_check.hpp"
#include "catalog/rotation.hpp"
#include "catalog/testing/catalog_suite.hpp"
#include "sys/testing/temp_directory.hpp"

// The audit: written with the change, and nothing is done to it unnoticed.
namespace ds::catalog::testing {
namespace {

constexpr const char* org = "org-a";

struct Book {
    sys::testing::TempDirectory directory;
    Vault vault = Vault::open(directory / "master.key").value();
    Catalog& catalog;
    Time now;

    Act act(const std::string& action) {
        model::AuditRow draft;
        draft.organization = org;
        draft.user = "u1";
        draft.actor = "ann";
        draft.action = action;
        return Act{vault, [this] { return now; }, draft};
    }
    void rows(int count) {
        for (int number = 0; number < count; ++number) {
            model::Server server;
            begin_record(server, org, now);
            server.name = fmt::format("s{}", number);
            const auto adding = act("POST servers");
            const auto done = catalog.write([&](Session& s) { return servers.insert(s, server); });
            EXPECT_TRUE(done) << done.error().message();
        }
    }
    void tamper(const std::string& statement) {
        const auto done = catalog.write([&](Session& s) { return s.script(statement); });
        EXPECT_TRUE(done) << done.error().message();
    }
    AuditReport check(const std::string& known = {}) {
        auto report = catalog.read([&](Session& s) { return check_audit(s, vault, org, known); });
        EXPECT_TRUE(report) << report.error().message();
        return report.value_or(AuditReport{});
    }
    std::vector<model::AuditRow> all() {
        return catalog
            .read([&](Session& s) {
                return audit.select(s, "WHERE organization = ? ORDER BY id", {std::string{org}});
            })
            .value();
    }
    /// "changed 3, moved 5": what is wrong.
    std::string faults(const std::string& known = {}) {
        std::vector<std::string> words;
        for (const auto& one : check(known).faults)
            words.push_back(fmt::format("{} {}", one.kind, one.sequence));
        return join(words, ", ");
    }
};

std::string id(int sequence) { return "'" + audit_id(org, static_cast<unsigned>(sequence)) + "'"; }

TEST_P(CatalogSuite, audit_a_row_is_written_with_its_change_or_not_at_all) {
    Book book{.catalog = *catalog, .now = now};
    auto server = made(model::Server{});
    server.name = "db";
    server.sealed = "dsv1.hush";
    {
        const auto adding = book.act("POST servers");
        stored(servers, server);
        EXPECT_TRUE(adding.entered());
        server.name = "db2";
        server.sealed = "dsv1.other";
        EXPECT_FALSE(catalog->write([&](Session& s) -> Status {
            auto copy = server;
            DS_DO(servers.update(s, copy));
            return fail(Code::conflict, "no");
        }));
    }
    {
        const auto changing = book.act("PATCH servers/{id}");
        EXPECT_TRUE(catalog->write([&](Session& s) { return servers.update(s, server); }));
    }
    EXPECT_TRUE(catalog->write([&](Session& s) { return servers.update(s, server); }))
        << "nobody's act: no row";
    const auto rows = book.all();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].object, "servers/" + server.id);
    EXPECT_TRUE(rows[0].changes.at(0).before.empty());
    EXPECT_EQ(rows[0].changes.at(0).after.at("sealed"), json::to_value("***"));
    const auto& change = rows[1].changes.at(0);
    EXPECT_EQ(change.before.at("name"), json::to_value("db"));
    EXPECT_EQ(change.after.at("name"), json::to_value("db2"));
    EXPECT_EQ(change.after.at("sealed"), json::to_value("***")) << "that it changed is told";
    EXPECT_EQ(change.after.size(), 2U) << "only what changed";
    EXPECT_EQ(book.faults(), "");
}

TEST_P(CatalogSuite, audit_every_kind_of_tampering_is_noticed_and_named) {
    const auto swap = fmt::format(
        "UPDATE audit SET id = 'x', sequence = 0 WHERE id = {0}; "
        "UPDATE audit SET id = {0}, sequence = 2 WHERE id = {1}; "
        "UPDATE audit SET id = {1}, sequence = 4 WHERE id = 'x'",
        id(2), id(4));
    const auto copy_row_3_as = [](const std::string& new_id) {
        return fmt::format(
            "INSERT INTO audit SELECT {}, organization, created, changed, version, sequence, "
            "\"user\", actor, via, address, action, object, changes, previous, hash FROM audit "
            "WHERE id = {}",
            new_id, id(3));
    };
    const std::vector<std::pair<std::string, std::string>> cases{
        {fmt::format("UPDATE audit SET actor = 'bob' WHERE id = {}", id(3)), "changed 3"},
        {fmt::format("UPDATE audit SET created = '2020-01-01T00:00:00Z' WHERE id = {}", id(6)),
         "changed 6"},
        {fmt::format("UPDATE audit SET changes = 'no JSON' WHERE id = {}", id(1)), "changed 1"},
        {fmt::format("DELETE FROM audit WHERE id = {}", id(3)), "removed 3"},
        {fmt::format("DELETE FROM audit WHERE id = {}", id(1)), "removed 1"},
        {fmt::format("DELETE FROM audit WHERE id >= {}", id(5)), "cut off 5"},
        {"DELETE FROM audit", "cut off 1"},
        {swap, "moved 2, moved 4"},
        {copy_row_3_as("'org-a-0000000000035'"), "inserted 0"},
        {copy_row_3_as(id(7)), "inserted 7"},
        {"DELETE FROM audit_heads", "head 0"},
        {fmt::format("UPDATE audit_heads SET sealed = 'dsv1.x.y'"), "head 0"},
    };
    for (const auto& [statement, expected] : cases) {
        Book book{.catalog = *catalog, .now = now};
        book.tamper("DELETE FROM audit; DELETE FROM audit_heads; DELETE FROM servers");
        book.rows(6);
        ASSERT_EQ(book.faults(), "");
        book.tamper(statement);
        EXPECT_EQ(book.faults(), expected) << statement;
    }
}

/// Who knows how the hashes are made still does not have the master key.
TEST_P(CatalogSuite, audit_a_chain_that_was_written_anew_does_not_fit_its_head) {
    Book book{.catalog = *catalog, .now = now};
    book.rows(5);
    const auto reforge = [&](int sequence, const std::string& previous) {
        auto row = book.all().at(static_cast<std::size_t>(sequence - 1));
        row.actor = "nobody";
        row.previous = previous.empty() ? row.previous : previous;
        row.hash = audit_hash(to_columns(row));
        book.tamper(
            fmt::format("UPDATE audit SET actor = '{}', previous = '{}', hash = '{}' WHERE id = {}",
                        row.actor, row.previous, row.hash, id(sequence)));
        return row.hash;
    };
    auto hash = reforge(3, {});
    EXPECT_EQ(book.faults(), "replaced 3");
    hash = reforge(4, hash);
    EXPECT_EQ(book.faults(), "replaced 4");
    reforge(5, hash);
    EXPECT_EQ(book.faults(), "replaced 5") << "only the sealed head knows";
}

TEST_P(CatalogSuite, audit_an_older_state_put_back_lacks_what_was_written_down) {
    Book book{.catalog = *catalog, .now = now};
    book.rows(3);
    const auto then = book.check();
    const auto head =
        catalog->read([](Session& s) { return s.run("SELECT sealed FROM audit_heads"); }).value();
    book.tamper("DELETE FROM servers");
    book.rows(2);
    const auto later = book.check();
    EXPECT_EQ(book.faults(fmt::format("{}:{}", then.last, then.hash)), "");
    book.tamper(fmt::format("DELETE FROM audit WHERE id > {}; UPDATE audit_heads SET sealed = '{}'",
                            id(3), sql::text_of(head.at(0).at(0))));
    EXPECT_EQ(book.faults(), "") << "head and rows fit each other";
    EXPECT_EQ(book.faults(fmt::format("{}:{}", later.last, later.hash)), "cut off 0");
}

TEST_P(CatalogSuite, audit_writing_goes_on_over_a_head_that_is_gone_and_says_so) {
    Book book{.catalog = *catalog, .now = now};
    book.rows(3);
    book.tamper("DELETE FROM servers; DELETE FROM audit_heads");
    book.rows(1);
    const auto rows = book.all();
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[3].action, "audit.taken_up");
    EXPECT_EQ(rows[4].action, "POST servers");
}

TEST_P(CatalogSuite, audit_old_rows_go_and_the_rest_still_holds_together) {
    Book book{.catalog = *catalog, .now = now};
    book.rows(4);
    book.now += std::chrono::days{10};
    book.tamper("DELETE FROM servers");
    book.rows(2);
    const auto trimmed = catalog->write([&](Session& s) {
        return trim_audit(s, book.vault, org, book.now - std::chrono::days{5}, book.now);
    });
    ASSERT_TRUE(trimmed) << trimmed.error().message();
    EXPECT_EQ(*trimmed, 4U);
    const auto report = book.check();
    EXPECT_TRUE(report.intact) << book.faults();
    EXPECT_EQ(report.first, 5U);
    EXPECT_EQ(report.last, 7U);
    EXPECT_EQ(book.all().back().action, "audit.trim");
    book.tamper(fmt::format("DELETE FROM audit WHERE id = {}", id(5)));
    EXPECT_EQ(book.faults(), "removed 5") << "the anchor holds the beginning";
    const auto again = catalog->write([&](Session& s) {
        return trim_audit(s, book.vault, org, book.now + std::chrono::days{100}, book.now);
    });
    EXPECT_EQ(again.value(), 1U) << "the newest stays";
}

TEST_P(CatalogSuite, audit_the_head_follows_a_new_master_key) {
    Book book{.catalog = *catalog, .now = now};
    book.rows(2);
    ASSERT_TRUE(rotate_master_key(*catalog, book.vault, now));
    EXPECT_EQ(book.faults(), "");
    book.tamper("DELETE FROM servers");
    book.rows(1);
    EXPECT_EQ(book.check().rows, 3U);
    EXPECT_EQ(book.faults(), "");
}

TEST_P(CatalogSuite, audit_writers_on_two_servers_make_one_chain) {
    constexpr int writers = 4, each = 25;
    Book book{.catalog = *catalog, .now = now};
    const auto other = opener().value();
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            auto& mine = writer % 2 == 0 ? *catalog : *other;
            for (int number = 0; number < each; ++number) {
                model::Server server;
                begin_record(server, org, now);
                server.name = fmt::format("{}/{}", writer, number);
                const auto adding = book.act("POST servers");
                const auto done = mine.write([&](Session& s) { return servers.insert(s, server); });
                EXPECT_TRUE(done) << done.error().message();
            }
        });
    }
    threads.clear();
    const auto report = book.check();
    EXPECT_EQ(report.rows, static_cast<std::uint64_t>(writers * each));
    EXPECT_TRUE(report.intact) << book.faults();
}

}  // namespace
}  // namespace ds::catalog::testing
