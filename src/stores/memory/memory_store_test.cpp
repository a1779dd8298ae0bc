#include "stores/memory/memory_store.hpp"

#include "stores/check.hpp"
#include "stores/testing/faulty_store.hpp"
#include "stores/testing/store_contract.hpp"

namespace ds::stores::testing {
namespace {

using memory::MemoryStore;

INSTANTIATE_TEST_SUITE_P(Memory, StoreContract,
                         ::testing::Values(StoreCase{"memory", [](const sys::Run& run) {
                                                         return std::make_shared<MemoryStore>(run);
                                                     }}));

TEST(FaultyStore, fails_each_call_in_turn_and_then_none) {
    int n = 1;
    for (;; ++n) {
        MemoryStore inner{sys::plain_run()};
        FaultyStore faulty{inner, n};
        const bool done = put(faulty, "a", pattern(10)) && get(faulty, "a", 10) &&
                          faulty.stat("a") &&
                          faulty.list("", [](const ObjectInfo&) -> Status { return {}; }) &&
                          faulty.remove("a") && faulty.sweep("", std::chrono::seconds{0});
        EXPECT_EQ(done, !faulty.fired()) << n;
        if (!faulty.fired()) break;
    }
    EXPECT_GE(n, 10);  // create write finish open read read stat list remove sweep
}

TEST(FaultyStore, can_fail_after_the_fact) {
    MemoryStore inner{sys::plain_run()};
    FaultyStore faulty{inner, 3, FaultyStore::When::after};
    EXPECT_FALSE(put(faulty, "a", pattern(10)));
    EXPECT_TRUE(inner.stat("a"));
}

/// A store that does one thing wrong.
class Liar final : public Store {
public:
    enum class Lie {
        none,
        loses_bytes,
        ignores_absent,
        forgets_to_list,
        keeps_removed,
        wrong_clock
    };
    explicit Liar(Lie lie) : lie_{lie} {}

    Traits traits() const override { return inner_.traits(); }
    Result<stream::SinkPtr> create(const std::string& key, const PutOptions& options) override {
        auto told = options;
        if (lie_ == Lie::ignores_absent) told.only_if_absent = false;
        return inner_.create(key, told);
    }
    Result<stream::SourcePtr> open(const std::string& key, Range range) override {
        if (lie_ == Lie::loses_bytes && !range.bytes) range.bytes = 9000;
        return inner_.open(key, range);
    }
    Result<ObjectInfo> stat(const std::string& key) override {
        auto info = inner_.stat(key);
        if (info && lie_ == Lie::wrong_clock) info->modified -= std::chrono::hours{1};
        return info;
    }
    Status list(const std::string& prefix,
                const std::function<Status(const ObjectInfo&)>& visit) override {
        int left = 1000;
        return inner_.list(prefix, [&](const ObjectInfo& info) -> Status {
            if (lie_ == Lie::forgets_to_list && left-- <= 0) return {};
            return visit(info);
        });
    }
    Status remove(const std::string& key) override {
        if (lie_ == Lie::keeps_removed) return {};
        return inner_.remove(key);
    }
    Result<std::size_t> sweep(const std::string& prefix, std::chrono::seconds age) override {
        return inner_.sweep(prefix, age);
    }
    MemoryStore& inner() { return inner_; }

private:
    const Lie lie_;
    MemoryStore inner_{sys::plain_run()};
};

const CheckSize quick{.listed_keys = 1005, .large_bytes = 100'000};

std::vector<std::string> failures(Store& store) {
    std::vector<std::string> names;
    const auto results = check_store(store, sys::plain_run(), quick);
    EXPECT_TRUE(results);
    for (const auto& result : *results) {
        if (!result.ok) names.push_back(result.name);
    }
    return names;
}

std::size_t left_in(Store& store) {
    std::size_t left = 0;
    EXPECT_TRUE(store.list("", [&](const ObjectInfo&) -> Status {
        ++left;
        return {};
    }));
    return left;
}

TEST(StoreCheck, is_content_with_an_honest_store_and_leaves_it_empty) {
    Liar store{Liar::Lie::none};
    EXPECT_EQ(failures(store), std::vector<std::string>{});
    EXPECT_EQ(left_in(store.inner()), 0U);
}

TEST(StoreCheck, finds_each_lie) {
    const std::pair<Liar::Lie, std::string> lies[] = {
        {Liar::Lie::loses_bytes, "a small object is written and read back"},
        {Liar::Lie::ignores_absent, "writing only what is absent is honest"},
        {Liar::Lie::forgets_to_list, "a long listing has every object once"},
        {Liar::Lie::wrong_clock, "the store's clock agrees with ours"},
        {Liar::Lie::keeps_removed, "an object is removed"},
    };
    for (const auto& [lie, name] : lies) {
        Liar store{lie};
        const auto found = failures(store);
        ASSERT_FALSE(found.empty()) << name;
        EXPECT_EQ(found.front(), name);
    }
}

TEST(StoreCheck, cleans_up_whichever_call_fails) {
    MemoryStore inner{sys::plain_run()};
    for (int n = 1; n < 60; ++n) {
        FaultyStore faulty{inner, n};
        const auto results =
            check_store(faulty, sys::plain_run(), {.listed_keys = 5, .large_bytes = 10'000});
        ASSERT_TRUE(results);
        EXPECT_EQ(left_in(inner), 0U) << n;
    }
}

}  // namespace
}  // namespace ds::stores::testing
