#include <algorithm>

#include "base/text.hpp"
#include "catalog/portable/exporter.hpp"
#include "catalog/portable/importer.hpp"
#include "catalog/testing/catalog_suite.hpp"
#include "sys/testing/temp_directory.hpp"

// An export of either kind of catalog becomes the same rows in a new one.
namespace ds::catalog::testing {
namespace {

using portable::Exporter;
using portable::Importer;

/// A vault, and an organization's row as exporters want it.
struct Bench {
    sys::testing::TempDirectory directory;
    Vault vault = Vault::open(directory / "master.key").value();
    Time now;

    static model::Organization tenant(model::Organization row) {
        row.id = row.organization;
        row.name = "name of " + row.id;
        return row;
    }
    model::Server sealed(model::Server row, const std::string& password) const {
        row.name = "dätabase \"1\"";
        row.sealed = vault.seal(Secret{password}, "servers/" + row.id);
        return row;
    }
};

struct Exported {
    std::vector<std::string> lines;
    std::uint64_t secrets_lost = 0;
};

Exported exported(Catalog& catalog, const Vault& vault, Time now) {
    auto all = catalog.read([&](Session& session) -> Result<Exported> {
        Exporter exporter{session, vault, "org-a", now};
        std::string text;
        for (;;) {
            DS_TRY(const auto lines, exporter.next());
            if (lines.empty()) return Exported{split(trimmed(text), '\n'), exporter.secrets_lost()};
            text += lines;
        }
    });
    EXPECT_TRUE(all) << all.error().message();
    return all.value_or(Exported{});
}

Status imported(Catalog& catalog, const Vault& vault, const std::vector<std::string>& lines) {
    DS_TRY(auto header, portable::read_header(lines.at(0)));
    Importer importer{std::move(header), vault};
    return catalog.write([&](Session& session) -> Status {
        for (std::size_t at = 1; at < lines.size(); ++at) DS_DO(importer.take(session, lines[at]));
        return importer.finish();
    });
}

bool any_holds(const std::vector<std::string>& lines, std::string_view words) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const auto& line) { return line.find(words) != std::string::npos; });
}

TEST_P(CatalogSuite, an_export_becomes_the_same_rows_with_their_secrets_sealed_anew) {
    const Bench bench{.now = now};
    stored(organizations, Bench::tenant(made(model::Organization{})));
    const auto server = stored(servers, bench.sealed(made(model::Server{}), "hunter2"));
    stored(servers, bench.sealed(made(model::Server{}, "org-b"), "theirs"));
    queued("org-a", "shop");
    for (int i = 0; i < 250; ++i) {  // more than a page
        auto backup = made(model::Backup{});
        backup.name = "backup " + std::to_string(i);
        backup.plain_bytes = 1ULL << 40;
        backup.labels = {{"a", "b"}};
        stored(backups, backup);
    }
    const auto lines = exported(*catalog, bench.vault, now).lines;
    EXPECT_TRUE(any_holds(lines, "hunter2"));
    EXPECT_FALSE(any_holds(lines, "theirs"));

    const auto other = Catalog::open({bench.directory / "new", {}}).value();
    const auto vault = Vault::open(bench.directory / "other.key").value();
    const auto done = imported(*other, vault, lines);
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(exported(*other, vault, now).lines, lines);
    const auto row = other->read([&](Session& s) { return servers.get(s, "org-a", server.id); });
    ASSERT_TRUE(row);
    EXPECT_EQ(vault.open_sealed(row->sealed, "servers/" + server.id)->reveal(), "hunter2");
    EXPECT_FALSE(bench.vault.open_sealed(row->sealed, "servers/" + server.id));
    for (const auto& table : portable::kept_tables())
        EXPECT_TRUE(other->read([&](Session& s) { return table.check(s); })) << table.name;
}

TEST_P(CatalogSuite, a_secret_that_cannot_be_opened_is_counted_and_left_out_of_an_export) {
    const Bench bench{.now = now};
    stored(organizations, Bench::tenant(made(model::Organization{})));
    stored(servers, bench.sealed(made(model::Server{}), "hunter2"));
    const auto stranger = Vault::open(bench.directory / "stranger.key").value();
    const auto found = exported(*catalog, stranger, now);
    EXPECT_EQ(found.secrets_lost, 1U);
    EXPECT_FALSE(any_holds(found.lines, "hunter2"));
}

TEST_P(CatalogSuite, sessions_and_old_logs_are_left_out_of_an_export) {
    const Bench bench{.now = now};
    stored(organizations, Bench::tenant(made(model::Organization{})));
    for (const auto* kind : {"session", "token"}) {
        auto token = made(model::Token{});
        token.kind = kind;
        token.hash = std::string{"hash of a "} + kind;
        stored(tokens, token);
    }
    auto line = made(model::LogLine{});
    line.text = "said today";
    stored(log_lines, line);
    line = made(model::LogLine{});
    line.created = rfc3339(now - std::chrono::days{40});
    line.text = "said long ago";
    stored(log_lines, line);
    const auto lines = exported(*catalog, bench.vault, now).lines;
    EXPECT_TRUE(any_holds(lines, "hash of a token"));
    EXPECT_FALSE(any_holds(lines, "hash of a session"));
    EXPECT_TRUE(any_holds(lines, "said today"));
    EXPECT_FALSE(any_holds(lines, "said long ago"));
}

std::vector<std::string> first_column(Catalog& catalog, std::string_view sqlite,
                                      std::string_view postgres, const Values& parameters = {}) {
    const auto lite = catalog.dialect() == sql::Dialect::sqlite;
    const auto rows =
        catalog.read([&](Session& s) { return s.run(lite ? sqlite : postgres, parameters); });
    EXPECT_TRUE(rows) << rows.error().message();
    std::vector<std::string> names;
    for (const auto& row : rows.value_or(std::vector<Row>{}))
        names.push_back(sql::text_of(row.at(0)));
    return names;
}

template <class Range, class Item>
bool has(const Range& range, const Item& item) {
    return std::find(range.begin(), range.end(), item) != range.end();
}

/// Whoever adds a table says whether its rows are kept, and whether it holds secrets.
TEST_P(CatalogSuite, every_table_of_an_organization_is_exported_or_left_out_on_purpose) {
    std::vector<std::string> kept;
    for (const auto& table : portable::kept_tables()) kept.emplace_back(table.name);
    std::size_t seen = 0;
    for (const auto& table :
         first_column(*catalog, "SELECT name FROM sqlite_master WHERE type = 'table'",
                      "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")) {
        const auto columns =
            first_column(*catalog, "SELECT name FROM pragma_table_info(?)",
                         "SELECT column_name FROM information_schema.columns "
                         "WHERE table_schema = current_schema() AND table_name = ?",
                         {table});
        EXPECT_EQ(has(columns, sealed_column), has(sealed_tables, table)) << table;
        if (!has(columns, "organization")) continue;
        ++seen;
        EXPECT_NE(has(kept, table), has(portable::left_tables(), table))
            << table << ": in kept_tables() or in left_tables()?";
    }
    EXPECT_EQ(seen, kept.size() + portable::left_tables().size());
}

}  // namespace
}  // namespace ds::catalog::testing
