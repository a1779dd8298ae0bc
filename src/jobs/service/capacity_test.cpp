#include "jobs/service/capacity.hpp"

#include "jobs/testing/news_room.hpp"

namespace ds::jobs {
namespace {

class Capacity : public testing::NewsRoom {
protected:
    model::Store store;
    model::Copy copy;

    void SetUp() override {
        store.name = "disk";
        store.bytes_max = 1000;
        store = own.insert(catalog::stores, store);
        copy.backup = "b";
        copy.store = store.id;
        copy = own.insert(catalog::copies, copy);
    }
    /// With so many bytes in the store.
    std::size_t told_at(std::uint64_t bytes) {
        copy.stored_bytes = bytes;
        EXPECT_TRUE(own.catalog().write(
            [&](catalog::Session& session) { return catalog::copies.update(session, copy); }));
        return watch_capacity(office, events).value_or(99);
    }
};

TEST_F(Capacity, is_told_once_for_each_crossing) {
    EXPECT_EQ(told_at(899), 0U);
    EXPECT_EQ(told_at(900), 1U);
    EXPECT_EQ(told_at(950), 0U);
    EXPECT_EQ(told_at(880), 0U);  // not over yet
    EXPECT_EQ(told_at(910), 0U);
    EXPECT_EQ(told_at(840), 0U);
    EXPECT_EQ(told_at(1200), 1U);
    EXPECT_EQ(told("store.nearly_full").size(), 2U);
    auto second = own.office();
    Events others{second};
    EXPECT_EQ(watch_capacity(second, others).value_or(99), 0U);
}

TEST_F(Capacity, a_store_without_a_cap_is_never_full) {
    store.bytes_max = 0;
    ASSERT_TRUE(own.catalog().write(
        [&](catalog::Session& session) { return catalog::stores.update(session, store); }));
    EXPECT_EQ(told_at(1'000'000'000), 0U);
}

}  // namespace
}  // namespace ds::jobs
