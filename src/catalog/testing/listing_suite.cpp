#include <set>

#include "catalog/testing/catalog_suite.hpp"

// Lists of large tables: no page may depend on how many rows there are.
namespace ds::catalog::testing {
namespace {

model::Backup a_backup(int number) {
    model::Backup backup;
    backup.name = (number % 100 == 7 ? "rare-" : "common-") + std::to_string(number);
    backup.database = "d" + std::to_string(number % 3);
    backup.plan = "p";
    backup.taken = "2026-01-01T00:00:" + std::to_string(10 + number % 50) + "Z";
    backup.stored_bytes = static_cast<std::uint64_t>(number * 7919 % 1000);
    return backup;
}

TEST_P(CatalogSuite, P04_every_page_of_a_large_list_is_read_from_an_index) {
    const std::vector<std::pair<std::string, std::string>> listed{{"", "id"},
                                                                  {"", "name"},
                                                                  {"", "taken"},
                                                                  {"", "stored_bytes"},
                                                                  {"database", "id"},
                                                                  {"database", "taken"},
                                                                  {"database", "stored_bytes"},
                                                                  {"plan", "id"},
                                                                  {"plan", "taken"}};
    ASSERT_TRUE(catalog->write([&](Session& s) -> Status {
        for (int number = 0; number < 3000; ++number)
            DS_DO(backups.insert(s, made(a_backup(number))));
        // PostgreSQL keeps statistics by itself, and whoever looks after SQLite may make some.
        return s.script("ANALYZE backups");
    }));
    for (const auto& [filter, sort] : listed) {
        for (const bool deep : {false, true}) {
            Listing listing;
            listing.sort = sort;
            if (!filter.empty())
                listing.where = {{filter, "=", std::string{filter == "plan" ? "p" : "d1"}}};
            if (deep) listing.cursor = cursor_behind(listing, std::string{"500"}, "1");
            const auto sql = sql_of("backups", listing, listing_reach).value();
            const auto query = within(sql, listing, {});
            Values parameters{"org-a"};
            parameters.insert(parameters.end(), query.parameters.begin(), query.parameters.end());
            const auto plan =
                plan_of("SELECT * FROM backups WHERE organization = ?" + query.text, parameters);
            EXPECT_EQ(plan.find("SCAN backups"), std::string::npos) << plan;
            EXPECT_EQ(plan.find("Seq Scan"), std::string::npos) << plan;
            EXPECT_EQ(plan.find("USE TEMP B-TREE FOR ORDER BY"), std::string::npos)
                << filter << ' ' << sort << deep << '\n'
                << plan;
            EXPECT_TRUE(plan.find("Sort ") == std::string::npos ||
                        plan.find("Incremental Sort") != std::string::npos)
                << filter << ' ' << sort << '\n'
                << plan;
        }
    }
}

TEST_P(CatalogSuite, P04_a_large_table_is_not_sorted_by_what_has_no_index) {
    Listing listing;
    listing.sort = "engine";
    const auto page = catalog->read([&](Session& s) { return backups.list(s, "org-a", listing); });
    EXPECT_EQ(page.error().code(), Code::invalid);
    EXPECT_NE(page.error().hint().find("stored_bytes"), std::string::npos);
}

TEST_P(CatalogSuite, P04_a_search_looks_at_a_bounded_part_and_misses_nothing) {
    constexpr int count = 400;
    ASSERT_TRUE(catalog->write([&](Session& s) -> Status {
        for (int number = 0; number < count; ++number)
            DS_DO(backups.insert(s, made(a_backup(number))));
        return {};
    }));
    for (const char* sort : {"id", "taken", "stored_bytes", "name"}) {
        for (const bool descending : {false, true}) {
            Listing listing;
            listing.search = "RARE";
            listing.search_columns = {"name", "notes"};
            listing.sort = sort;
            listing.descending = descending;
            listing.limit = 3;
            std::set<std::string> found;
            int pages = 0;
            do {
                const auto page = catalog->read(
                    [&](Session& s) { return backups.list(s, "org-a", listing, 50); });
                ASSERT_TRUE(page) << page.error().message();
                for (const auto& item : page->items) EXPECT_TRUE(found.insert(item.name).second);
                listing.cursor = page->next.value_or("");
            } while (!listing.cursor.empty() && ++pages < count);
            EXPECT_EQ(found, (std::set<std::string>{"rare-7", "rare-107", "rare-207", "rare-307"}));
            EXPECT_GE(pages, count / 50 - 1) << "each page looks at 50 rows";
        }
    }
}

}  // namespace
}  // namespace ds::catalog::testing
