#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "stores/store.hpp"
#include "sys/run.hpp"

/// What every store must do. The tests are in store_contract.cpp, which each test program has among
/// its sources; a store's test instantiates them with one line:
///
///     INSTANTIATE_TEST_SUITE_P(File, StoreContract, ::testing::Values(StoreCase{…}));
namespace ds::stores::testing {

struct StoreCase {
    const char* name;
    /// A store that nobody else uses, empty; called once per test. What it needs lives as long as
    /// it.
    std::function<std::shared_ptr<Store>(const sys::Run& run)> make;
    std::vector<std::size_t> sizes{0, 1, 1000,
                                   300'000};  // of objects; boundaries of the driver belong here
    std::size_t large_bytes = 3 * MiB;        // more than the driver sends in one go
    unsigned page_keys = 10;                  // keys per page of its listing
};

inline void PrintTo(const StoreCase& store, std::ostream* out) { *out << store.name; }

/// The same for the same seed, and no two pieces alike.
inline Bytes pattern(std::size_t bytes, std::uint64_t seed = 1) {
    Bytes made(bytes);
    std::uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;
    for (auto& byte : made) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        byte = static_cast<std::byte>(state);
    }
    return made;
}

class StoreContract : public ::testing::TestWithParam<StoreCase> {
protected:
    std::shared_ptr<Store> store_ = GetParam().make(sys::plain_run());

    void SetUp() override {
        if (store_ == nullptr) GTEST_SKIP() << "this machine has no such server";
    }

    void must_put(const std::string& key, View bytes, const PutOptions& options = {}) {
        const auto done = put(*store_, key, bytes, options);
        ASSERT_TRUE(done) << done.error().message();
    }
    void expect_content(const std::string& key, View expected) {
        const auto got = get(*store_, key, expected.size() + 1);
        ASSERT_TRUE(got) << got.error().message();
        EXPECT_TRUE(std::equal(got->begin(), got->end(), expected.begin(), expected.end())) << key;
    }
    void expect_missing(const std::string& key) {
        const auto stat = store_->stat(key);
        ASSERT_FALSE(stat);
        EXPECT_EQ(stat.error().code(), Code::not_found) << stat.error().message();
    }
    std::vector<std::string> keys(const std::string& prefix) {
        std::vector<std::string> found;
        const auto done = store_->list(prefix, [&](const ObjectInfo& info) -> Status {
            found.push_back(info.key);
            return {};
        });
        EXPECT_TRUE(done) << done.error().message();
        std::sort(found.begin(), found.end());
        return found;
    }
    using Keys = std::vector<std::string>;
};

}  // namespace ds::stores::testing
