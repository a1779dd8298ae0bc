#include "jobs/service/needs.hpp"

#include <gtest/gtest.h>

#include "jobs/testing/own_office.hpp"

namespace ds::jobs {
namespace {

using testing::OwnOffice;

class Needs : public ::testing::Test {
protected:
    OwnOffice own{*from_rfc3339("2026-03-01T00:00:00Z")};
    int count = 0;

    std::string store(const std::string& url) {
        model::Store row;
        row.name = std::to_string(++count);
        row.url = url;
        return own.insert(catalog::stores, row).id;
    }
    std::uint64_t mib(const std::vector<std::string>& stores,
                      const std::string& compression = "zstd:3") {
        model::Plan plan;
        plan.name = std::to_string(++count);
        plan.compression = compression;
        plan = own.insert(catalog::plans, plan);
        model::Run run;
        run.organization = OwnOffice::tenant;
        run.plan = plan.id;
        run.database = "shop";
        run.stores = stores;
        return needed(run);
    }
    std::uint64_t needed(const model::Run& run) {
        const auto bytes = own.catalog().read(
            [&](catalog::Session& session) { return memory_needed(session, run); });
        EXPECT_TRUE(bytes) << bytes.error().message();
        return bytes.value_or(0) / MiB;
    }
};

TEST_F(Needs, of_a_backup_follow_from_its_recipe) {
    const auto disk = store("file:///srv/backups"),
               s3 = store("s3://bucket/shop?endpoint=http://x");
    const auto plain = mib({disk});
    EXPECT_GT(plain, 50U);
    EXPECT_LT(plain, 128U) << "what the whole program is known to stay below";
    EXPECT_EQ(mib({disk, s3}), plain + 8 + 64) << "four parts of 16 MiB";
    EXPECT_EQ(mib({store("s3://b?part_mib=100&parallel=7")}), mib({disk}) - 2 + 800);
    EXPECT_GT(mib({disk}, "zstd:19"), plain + 100);
    EXPECT_LT(mib({disk}, "none"), plain);
}

TEST_F(Needs, of_a_backup_grow_with_the_database_as_parts_do) {
    const auto s3 = store("s3://bucket");
    const auto before = mib({s3});
    model::Backup newest;
    newest.name = "newest";
    newest.database = "shop";
    newest.plain_bytes = 7'500 * 100 * MiB;
    own.insert(catalog::backups, newest);
    EXPECT_EQ(mib({s3}), before + 4 * (101 - 16));
}

TEST_F(Needs, of_a_restore_that_replaces_are_also_those_of_its_safety_backup) {
    model::Plan plan;
    plan.name = "nightly";
    plan.compression = "zstd:19";
    plan.destinations = {{store("s3://b?part_mib=100"), {}}};
    plan = own.insert(catalog::plans, plan);
    model::Backup stored;
    stored.name = "stored";
    stored.database = "shop";
    stored.plan = plan.id;
    stored = own.insert(catalog::backups, stored);
    model::Run restore;
    restore.organization = OwnOffice::tenant;
    restore.kind = model::RunKind::restore;
    restore.order.backup = stored.id;
    const auto reading = needed(restore);
    restore.order.replace = true;
    EXPECT_EQ(needed(restore), mib({plan.destinations[0].store}, "zstd:19"));
    restore.order.safety_backup = false;
    EXPECT_EQ(needed(restore), reading);
}

TEST_F(Needs, of_a_proof_count_its_scratch_server) {
    model::Run verify;
    verify.organization = OwnOffice::tenant;
    verify.kind = model::RunKind::verify;
    verify.order.level = 2;
    const auto reading = needed(verify);
    verify.order.level = 4;
    EXPECT_EQ(needed(verify), reading + 256);
}

}  // namespace
}  // namespace ds::jobs
