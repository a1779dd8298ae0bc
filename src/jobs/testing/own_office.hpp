#pragma once

#include <gtest/gtest.h>

#include "jobs/service/events.hpp"
#include "jobs/service/office.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::jobs::testing {

/// Time that only moves when it is told to.
class SetClock final : public sys::Clock {
public:
    explicit SetClock(catalog::Time now) : now_{now} {}
    catalog::Time now() override { return now_; }
    bool sleep_for(std::chrono::nanoseconds duration, const std::stop_token&) override {
        now_ += std::chrono::duration_cast<catalog::Time::duration>(duration);
        return true;
    }
    void advance(std::chrono::seconds by) { now_ += by; }

private:
    catalog::Time now_;
};

/// An office with a catalog of its own, one organization, and a clock that is set by hand.
class OwnOffice {
public:
    static constexpr const char* tenant = "tenant";

    /// Its catalog is SQLite, or the PostgreSQL database of `catalog_url`.
    explicit OwnOffice(catalog::Time begin, const Secret& catalog_url = {})
        : clock{begin}, catalog_{open_catalog(catalog_url)} {}

    sys::testing::TempDirectory directory;
    SetClock clock;

    Office office() { return {*catalog_, *vault_, clock, directory.path(), {}, grace, name}; }
    std::chrono::seconds grace{3600};
    std::string name = "first";

    template <class T>
    T insert(const catalog::Table<T>& table, T row) {
        catalog::begin_record(row, tenant, clock.now());
        const auto done =
            catalog_->write([&](catalog::Session& session) { return table.insert(session, row); });
        EXPECT_TRUE(done) << done.error().message();
        return row;
    }
    template <class T>
    std::vector<T> rows(const catalog::Table<T>& table, const std::string& tail = "ORDER BY id") {
        auto found =
            catalog_->read([&](catalog::Session& session) { return table.select(session, tail); });
        DS_CHECK(found.has_value(), "rows cannot be read");
        return std::move(*found);
    }
    catalog::Catalog& catalog() { return *catalog_; }

private:
    std::unique_ptr<catalog::Vault> vault_;
    std::unique_ptr<catalog::Catalog> catalog_;

    std::unique_ptr<catalog::Catalog> open_catalog(const Secret& url) {
        auto vault = catalog::Vault::open(directory / "master.key");
        DS_CHECK(vault.has_value(), "no vault");
        vault_ = std::make_unique<catalog::Vault>(std::move(*vault));
        auto opened = catalog::Catalog::open({directory.path(), url});
        DS_CHECK(opened.has_value(), "no catalog");
        return std::move(*opened);
    }
};

}  // namespace ds::jobs::testing
