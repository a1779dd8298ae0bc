#include "stores/testing/store_contract.hpp"

#include <atomic>
#include <thread>

namespace ds::stores::testing {
namespace {

TEST_P(StoreContract, gives_back_what_was_put) {
    for (const auto size : GetParam().sizes) {
        const auto bytes = pattern(size, size + 1);
        must_put("dir/object", bytes);
        expect_content("dir/object", bytes);
        const auto info = store_->stat("dir/object");
        ASSERT_TRUE(info);
        EXPECT_EQ(info->bytes, size);
        EXPECT_EQ(info->key, "dir/object");
    }
}

TEST_P(StoreContract, takes_bytes_in_any_slices) {
    const auto bytes = pattern(GetParam().large_bytes);
    const auto sink = store_->create("sliced", {});
    ASSERT_TRUE(sink);
    std::size_t at = 0;
    for (std::size_t step = 1; at < bytes.size(); step = step * 3 + 1) {
        const auto count = std::min(step, bytes.size() - at);
        ASSERT_TRUE((*sink)->write(View{bytes}.subspan(at, count)));
        ASSERT_TRUE((*sink)->write({}));
        at += count;
    }
    const auto done = (*sink)->finish();
    ASSERT_TRUE(done) << done.error().message();
    expect_content("sliced", bytes);
}

TEST_P(StoreContract, replaces_an_object_whole) {
    must_put("key", pattern(5000, 1));
    must_put("key", pattern(100, 2));
    expect_content("key", pattern(100, 2));
}

TEST_P(StoreContract, an_unfinished_write_leaves_nothing_behind) {
    for (const std::size_t size : {std::size_t{10}, GetParam().large_bytes}) {
        {
            const auto sink = store_->create("a/unfinished", {});
            ASSERT_TRUE(sink);
            ASSERT_TRUE((*sink)->write(pattern(size)));
            expect_missing("a/unfinished");
            EXPECT_EQ(keys(""), Keys{});
        }
        expect_missing("a/unfinished");
        EXPECT_EQ(keys(""), Keys{});
        const auto swept = store_->sweep("", std::chrono::seconds{0});
        ASSERT_TRUE(swept) << swept.error().message();
        EXPECT_EQ(*swept, 0U);
    }
}

TEST_P(StoreContract, an_unfinished_write_does_not_touch_the_old_object) {
    must_put("key", pattern(1000));
    {
        const auto sink = store_->create("key", {});
        ASSERT_TRUE(sink);
        ASSERT_TRUE((*sink)->write(pattern(GetParam().large_bytes, 2)));
    }
    expect_content("key", pattern(1000));
}

TEST_P(StoreContract, sweeping_spares_finished_objects) {
    must_put("a/b", pattern(10));
    must_put("a/c", pattern(GetParam().large_bytes));
    ASSERT_TRUE(store_->sweep("", std::chrono::seconds{0}));
    EXPECT_EQ(keys(""), (Keys{"a/b", "a/c"}));
}

TEST_P(StoreContract, knows_when_an_object_was_written) {
    must_put("key", pattern(10));
    const auto info = store_->stat("key");
    ASSERT_TRUE(info);
    EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - info->modified),
              std::chrono::minutes{1});
}

TEST_P(StoreContract, says_not_found_for_what_is_missing) {
    must_put("dir/there", pattern(1));
    for (const char* key :
         {"missing", "dir/missing", "missing/dir", "dir", "dir/there.not", "dir/there/below"}) {
        expect_missing(key);
        const auto source = store_->open(key, {});
        ASSERT_FALSE(source) << key;
        EXPECT_EQ(source.error().code(), Code::not_found) << source.error().message();
    }
}

TEST_P(StoreContract, reads_any_range) {
    const auto bytes = pattern(GetParam().large_bytes);
    must_put("ranged", bytes);
    const auto size = bytes.size();
    const std::vector<Range> ranges{{0, 1},           {0, size},       {0, size + 5},
                                    {1, {}},          {size - 1, {}},  {size, {}},
                                    {size + 100, {}}, {size - 3, 100}, {size / 2, 1000},
                                    {0, 0},           {size, 0},       {size / 3, size / 3},
                                    {MiB - 1, 2},     {MiB, 2 * MiB},  {size - 1, 1}};
    for (const auto& range : ranges) {
        const auto begin = std::min<std::size_t>(range.offset, size);
        const auto count = std::min<std::size_t>(range.bytes.value_or(size), size - begin);
        const auto source = store_->open("ranged", range);
        ASSERT_TRUE(source) << range.offset << " " << source.error().message();
        const auto got = stream::read_all(**source, size + 1);
        ASSERT_TRUE(got) << range.offset << " " << got.error().message();
        EXPECT_TRUE(std::equal(got->begin(), got->end(),
                               bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                               bytes.begin() + static_cast<std::ptrdiff_t>(begin + count)))
            << range.offset << " got " << got->size() << " of " << count;
    }
}

TEST_P(StoreContract, reads_an_empty_object) {
    must_put("empty", {});
    expect_content("empty", {});
    const auto source = store_->open("empty", {5, 10});
    ASSERT_TRUE(source);
    EXPECT_EQ(stream::read_all(**source, 10)->size(), 0U);
}

TEST_P(StoreContract, a_reader_sees_one_version_only) {
    const auto old = pattern(GetParam().large_bytes, 1);
    must_put("key", old);
    const auto source = store_->open("key", {});
    ASSERT_TRUE(source);
    Bytes got(1000);
    ASSERT_TRUE(stream::read_full(**source, got));
    must_put("key", pattern(GetParam().large_bytes, 2));
    const auto rest = stream::read_all(**source, old.size());
    if (rest) {
        append(got, *rest);
        EXPECT_TRUE(got == old);
    } else {
        EXPECT_EQ(rest.error().code(), Code::conflict) << rest.error().message();
    }
}

TEST_P(StoreContract, lists_by_the_beginning_of_the_key) {
    for (const char* key : {"a/b/1", "a/b/2", "a/bc", "a/c/b/1", "ab", "b"})
        must_put(key, pattern(1));
    EXPECT_EQ(keys(""), (Keys{"a/b/1", "a/b/2", "a/bc", "a/c/b/1", "ab", "b"}));
    EXPECT_EQ(keys("a/"), (Keys{"a/b/1", "a/b/2", "a/bc", "a/c/b/1"}));
    EXPECT_EQ(keys("a/b"), (Keys{"a/b/1", "a/b/2", "a/bc"}));
    EXPECT_EQ(keys("a/b/"), (Keys{"a/b/1", "a/b/2"}));
    EXPECT_EQ(keys("a/b/1"), (Keys{"a/b/1"}));
    EXPECT_EQ(keys("a/b/1/"), Keys{});
    EXPECT_EQ(keys("c"), Keys{});
    EXPECT_EQ(keys("x/y/z"), Keys{});
}

TEST_P(StoreContract, lists_every_key_once_over_several_pages) {
    Keys expected;
    for (unsigned i = 0; i < GetParam().page_keys * 3 + 1; ++i) {
        expected.push_back("page/" + std::to_string(1000 + i));
        must_put(expected.back(), pattern(i));
    }
    EXPECT_EQ(keys("page/"), expected);
}

TEST_P(StoreContract, an_error_of_the_visitor_ends_the_listing) {
    for (const char* key : {"1", "2", "3"}) must_put(key, pattern(1));
    int visited = 0;
    const auto done = store_->list("", [&](const ObjectInfo&) -> Status {
        ++visited;
        return fail(Code::conflict, "enough");
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), Code::conflict);
    EXPECT_EQ(visited, 1);
}

TEST_P(StoreContract, a_visitor_may_remove_what_it_is_shown) {
    for (unsigned i = 0; i < GetParam().page_keys + 3; ++i)
        must_put("d/" + std::to_string(i), pattern(1));
    const auto done =
        store_->list("", [&](const ObjectInfo& info) { return store_->remove(info.key); });
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_EQ(keys(""), Keys{});
}

TEST_P(StoreContract, removes_one_object_and_forgives_a_missing_one) {
    must_put("a/b", pattern(1));
    must_put("a/c", pattern(1));
    ASSERT_TRUE(store_->remove("a/b"));
    expect_missing("a/b");
    EXPECT_EQ(keys(""), (Keys{"a/c"}));
    EXPECT_TRUE(store_->remove("a/b"));
    EXPECT_TRUE(store_->remove("never/was"));
    EXPECT_TRUE(store_->remove("a"));
    EXPECT_TRUE(store_->remove("a/c/d"));
    EXPECT_EQ(keys(""), (Keys{"a/c"}));
}

TEST_P(StoreContract, creates_only_what_is_absent_when_asked) {
    for (const std::size_t size : {std::size_t{10}, GetParam().large_bytes}) {
        const std::string key = "once-" + std::to_string(size);
        must_put(key, pattern(size, 1), {.only_if_absent = true});
        const auto again = put(*store_, key, pattern(size, 2), {.only_if_absent = true});
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().code(), Code::exists) << again.error().message();
        expect_content(key, pattern(size, 1));
    }
    EXPECT_EQ(keys("").size(), 2U);
}

TEST_P(StoreContract, lets_one_of_many_create_it_when_it_can_be_atomic) {
    if (!store_->traits().conditional_put) GTEST_SKIP() << "this store does not promise it";
    std::atomic<int> winners = 0;
    std::atomic<int> losers = 0;
    {
        std::vector<std::jthread> writers;
        for (unsigned i = 0; i < 8; ++i) {
            writers.emplace_back([&, i] {
                const auto done =
                    put(*store_, "race/one", pattern(5000, i), {.only_if_absent = true});
                if (done) ++winners;
                if (!done && done.error().code() == Code::exists) ++losers;
            });
        }
    }
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(losers, 7);
}

TEST_P(StoreContract, concurrent_writers_of_one_key_leave_one_whole_object) {
    {
        std::vector<std::jthread> writers;
        for (unsigned i = 0; i < 6; ++i) {
            writers.emplace_back(
                [&, i] { EXPECT_TRUE(put(*store_, "same", Bytes(20'000 + i, std::byte(i)))); });
        }
    }
    const auto got = get(*store_, "same", 30'000);
    ASSERT_TRUE(got);
    const auto who = static_cast<unsigned>(got->front());
    EXPECT_TRUE(*got == Bytes(20'000 + who, std::byte(who)));
    EXPECT_EQ(keys(""), (Keys{"same"}));
}

TEST_P(StoreContract, serves_several_threads) {
    {
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < 6; ++t) {
            threads.emplace_back([&, t] {
                for (unsigned i = 0; i < 8; ++i) {
                    const auto key = "t/" + std::to_string(t % 3) + "/" + std::to_string(t) + "-" +
                                     std::to_string(i);
                    ASSERT_TRUE(put(*store_, key, pattern(2000, t * 100 + i)));
                    const auto got = get(*store_, key, 2000);
                    ASSERT_TRUE(got);
                    EXPECT_TRUE(*got == pattern(2000, t * 100 + i));
                    if (i % 2 == 0) EXPECT_TRUE(store_->remove(key));
                }
            });
        }
    }
    EXPECT_EQ(keys("t/").size(), 24U);
}

TEST_P(StoreContract, refuses_names_that_are_none) {
    for (const std::string key : {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a b",
                                  "a\\b", "a\nb", "ä", "a:b", "%41"}) {
        const auto refused = [&](Code code) { EXPECT_EQ(code, Code::invalid) << key; };
        const auto created = store_->create(key, {});
        ASSERT_FALSE(created) << key;
        refused(created.error().code());
        const auto opened = store_->open(key, {});
        ASSERT_FALSE(opened) << key;
        refused(opened.error().code());
        const auto seen = store_->stat(key);
        ASSERT_FALSE(seen) << key;
        refused(seen.error().code());
        const auto removed = store_->remove(key);
        ASSERT_FALSE(removed) << key;
        refused(removed.error().code());
    }
    std::string longest(512, 'a');
    longest[200] = longest[400] = '/';
    must_put(longest, pattern(1));
    EXPECT_EQ(keys("a"), (Keys{longest}));
    EXPECT_FALSE(store_->create(longest + "a", {}));
}

TEST_P(StoreContract, ends_with_cancelled_when_stopped) {
    must_put("key", pattern(GetParam().large_bytes));
    std::stop_source source;
    const auto run = sys::Run{source.get_token(), sys::system_clock(), sys::no_progress()};
    const auto stopped = GetParam().make(run);
    ASSERT_TRUE(put(*stopped, "key", pattern(10)));
    const auto sink = stopped->create("b", {});
    const auto reader = stopped->open("key", {});
    ASSERT_TRUE(sink && reader);
    source.request_stop();
    const auto written = (*sink)->write(pattern(10));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code(), Code::cancelled);
    Bytes room(10);
    const auto read = (*reader)->read(room);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), Code::cancelled);
    const auto listed = stopped->list("", [](const ObjectInfo&) -> Status { return {}; });
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code(), Code::cancelled);
}

TEST_P(StoreContract, shows_a_location_without_options) {
    const auto location = store_->traits().location;
    EXPECT_NE(location.find("://"), std::string::npos);
    EXPECT_EQ(location.find('?'), std::string::npos);
}

}  // namespace
}  // namespace ds::stores::testing
