#pragma once

#include <functional>
#include <memory>

#include <gtest/gtest.h>

#include "catalog/run_queue.hpp"

/// What a catalog must do, on every kind of database. The tests are in catalog_suite.cpp; a test
/// program names it among its sources and says which catalogs:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, CatalogSuite, ::testing::Values(CatalogCase{…}));
namespace ds::catalog::testing {

struct CatalogCase {
    const char* name;
    /// How to open a catalog that nobody else uses; each call opens the same one again. Empty when
    /// this machine has no such server.
    std::function<std::function<Result<std::unique_ptr<Catalog>>()>()> make;
};
inline void PrintTo(const CatalogCase& one, std::ostream* out) { *out << one.name; }

class CatalogSuite : public ::testing::TestWithParam<CatalogCase> {
protected:
    std::function<Result<std::unique_ptr<Catalog>>()> opener = GetParam().make();
    std::unique_ptr<Catalog> catalog;
    Time now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};

    void SetUp() override {
        if (!opener) GTEST_SKIP() << "this machine has no such server";
        auto opened = opener();
        ASSERT_TRUE(opened) << opened.error().message();
        catalog = std::move(*opened);
    }

    template <class T>
    T made(T item = {}, const std::string& organization = "org-a") {
        begin_record(item, organization, now);
        return item;
    }
    template <class T>
    T stored(const Table<T>& table, T item) {
        const auto done = catalog->write([&](Session& s) { return table.insert(s, item); });
        EXPECT_TRUE(done) << done.error().message();
        return item;
    }
    model::Run queued(const std::string& organization, const std::string& database,
                      const std::string& server = "s") {
        auto run = made(model::Run{}, organization);
        run.database = database;
        run.server = server;
        run.attempts_max = 3;
        return stored(runs, run);
    }
    /// A backup of a plan of its own with these stores, entered as the scheduler does.
    model::Run queued_to(const std::vector<std::string>& into,
                         const std::string& organization = "org-a") {
        now += std::chrono::seconds{1};  // so that it is behind those before it
        auto plan = made(model::Plan{}, organization);
        plan.name = plan.id;
        for (const auto& store : into) plan.destinations.push_back({store, {}});
        stored(plans, plan);
        auto run = made(model::Run{}, organization);
        run.plan = plan.id;
        run.database = "database of " + plan.id;
        const auto done = catalog->write([&](Session& s) { return enqueue(s, run); });
        EXPECT_TRUE(done) << done.error().message();
        return run;
    }
    std::optional<model::Run> claimed(const std::string& owner = "me",
                                      std::uint64_t runs_max = 10) {
        auto run = claim_run(*catalog, owner, now, {runs_max, std::chrono::seconds{30}});
        EXPECT_TRUE(run) << run.error().message();
        return run ? *run : std::nullopt;
    }
    /// How the database would answer a query.
    std::string plan_of(const std::string& query, const Values& parameters) {
        const bool postgres = catalog->dialect() == sql::Dialect::postgres;
        const auto question = (postgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + query;
        std::string text;
        const auto told = catalog->read([&](Session& s) { return s.run(question, parameters); });
        EXPECT_TRUE(told) << told.error().message() << query;
        for (const auto& row : told.value_or(std::vector<Row>{}))
            text += sql::text_of(row.back()) + "\n";
        return text;
    }
    model::Run read(const model::Run& run) {
        return catalog->read([&](Session& s) { return runs.get(s, run.organization, run.id); })
            .value();
    }
};

}  // namespace ds::catalog::testing
