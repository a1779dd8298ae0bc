#include <gtest/gtest.h>

#include "net/testing/fast_clock.hpp"
#include "net/testing/scripted_http.hpp"
#include "stores/all.hpp"
#include "stores/check.hpp"
#include "stores/s3/objects.hpp"
#include "stores/testing/s3_server.hpp"
#include "stores/testing/store_contract.hpp"
#include "sys/random.hpp"

namespace ds::stores::testing {
namespace {

using net::testing::Act;
using net::testing::act;
using net::testing::answer;
using net::testing::forward;
using net::testing::Heard;
using net::testing::ScriptedHttp;
using s3::S3Store;

constexpr std::size_t part = 5 * MiB;

std::string fresh_prefix() { return "p" + to_hex(sys::random_bytes(8)); }

std::shared_ptr<Store> make_store(const sys::Run& run) {
    const auto* server = S3Server::get();
    if (server == nullptr) return nullptr;
    // One prefix per test: the suite asks for a second store on the same objects when it stops one.
    static const ::testing::TestInfo* test = nullptr;
    static std::string prefix;
    const auto* running = ::testing::UnitTest::GetInstance()->current_test_info();
    if (test != running) prefix = fresh_prefix();
    test = running;
    return std::make_shared<S3Store>(server->config(prefix, "&part_mib=5&list_page=7"), run);
}

INSTANTIATE_TEST_SUITE_P(S3, StoreContract,
                         ::testing::Values(StoreCase{
                             "s3",
                             make_store,
                             {0, 1, 300'000, part - 1, part, part + 1, 2 * part, 4 * part + 1},
                             2 * part + 12'345,
                             7}));

class S3Live : public ::testing::Test {
protected:
    const S3Server* server_ = S3Server::get();
    const std::string prefix_ = fresh_prefix();
    net::testing::FastClock clock_;
    std::stop_source stop_;

    void SetUp() override {
        if (server_ == nullptr) GTEST_SKIP() << "no S3 server on this machine";
    }
    sys::Run run() { return {stop_.get_token(), clock_, sys::no_progress()}; }
    /// Straight to the server.
    std::unique_ptr<S3Store> direct() {
        return std::make_unique<S3Store>(server_->config(prefix_, "&part_mib=5"), sys::plain_run());
    }
    std::unique_ptr<S3Store> through(const ScriptedHttp& proxy,
                                     const std::string& options = "&part_mib=5") {
        return std::make_unique<S3Store>(server_->config(prefix_, options, proxy.origin()), run());
    }
    std::size_t unfinished() {
        auto store = direct();
        auto now = std::chrono::system_clock::now();
        const auto uploads = s3::list_uploads(store->client(), prefix_, {}, now);
        EXPECT_TRUE(uploads);
        return uploads ? uploads->size() : 99;
    }
    void expect_content(const std::string& key, const Bytes& expected) {
        auto store = direct();
        const auto got = get(*store, key, expected.size() + 1);
        ASSERT_TRUE(got) << got.error().message();
        EXPECT_TRUE(*got == expected);
    }
    void expect_absent(const std::string& key) {
        const auto info = direct()->stat(key);
        ASSERT_FALSE(info);
        EXPECT_EQ(info.error().code(), Code::not_found);
    }
};

/// Does something else to the n-th request that fits.
class Trouble {
public:
    Trouble(std::string method, std::string target, int times, Act what)
        : method_{std::move(method)},
          target_{std::move(target)},
          left_{times},
          what_{std::move(what)} {}
    Act operator()(const Heard& heard) {
        if (heard.method == method_ && heard.target_has(target_) && left_-- > 0) return what_;
        return forward();
    }
    bool happened() const { return left_ <= 0; }

private:
    const std::string method_;
    const std::string target_;
    std::atomic<int> left_;
    const Act what_;
};

const char* const complete_error =
    "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>try "
    "again</Message></Error>";

TEST_F(S3Live, passes_the_check_that_users_run) {
    const auto url =
        "s3://contract/" + prefix_ + "?preset=ceph&endpoint=" + server_->endpoint() +
        "&access_key=DSTESTACCESSKEY00000&secret_key=dstestsecretkeydstestsecretkey0000000000";
    const auto store = open_store(url, sys::plain_run());
    ASSERT_TRUE(store) << store.error().message();
    const auto results = check_store(**store, sys::plain_run());
    ASSERT_TRUE(results);
    for (const auto& result : *results) {
        EXPECT_TRUE(result.ok) << result.name << ": " << result.detail;
        fmt::print("{:5} ms  {}: {}\n", result.milliseconds, result.name, result.detail);
    }
    EXPECT_EQ(unfinished(), 0U);
}

TEST_F(S3Live, comes_through_every_passing_trouble_with_the_right_bytes) {
    const auto bytes = pattern(3 * part + 1);
    const std::pair<const char*, const char*> requests[] = {
        {"POST", "uploads"}, {"PUT", "partNumber=2"}, {"POST", "uploadId="}, {"HEAD", ""}};
    const Act troubles[] = {answer(500),
                            answer(503, "", {{"Retry-After", "7"}}),
                            answer(429),
                            answer(408),
                            act(Act::Kind::reset),
                            act(Act::Kind::forward_then_reset),
                            answer(200, complete_error)};
    for (const auto& [method, target] : requests) {
        for (const auto& what : troubles) {
            if (what.status == 200 && !what.body.empty() && std::string_view{target} != "uploadId=")
                continue;
            Trouble trouble{method, target, 2, what};
            ScriptedHttp proxy{std::ref(trouble), server_->endpoint()};
            const auto store = through(proxy);
            const auto done = put(*store, "key", bytes);
            ASSERT_TRUE(done) << method << target << what.status << " " << done.error().message();
            EXPECT_TRUE(trouble.happened()) << method << target;
            expect_content("key", bytes);
            ASSERT_TRUE(direct()->remove("key"));
        }
    }
    // A lost answer to the very first request leaves an upload that nobody knows; only that.
    EXPECT_LE(unfinished(), 2U);
    ASSERT_TRUE(direct()->sweep("", std::chrono::seconds{0}));
    EXPECT_EQ(unfinished(), 0U);
}

TEST_F(S3Live, sends_a_part_again_that_broke_off_in_the_middle) {
    const auto bytes = pattern(2 * part + 100);
    ScriptedHttp proxy{[](const Heard&) { return forward(); }, server_->endpoint()};
    std::atomic<int> cuts = 2;
    proxy.cut_bodies(
        [&](const Heard& heard) { return heard.target_has("partNumber=1") && cuts-- > 0; });
    const auto done = put(*through(proxy), "key", bytes);
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_LE(cuts, 0);
    expect_content("key", bytes);
    EXPECT_EQ(unfinished(), 0U);
}

TEST_F(S3Live, gives_up_on_lasting_trouble_and_leaves_nothing) {
    const std::pair<const char*, const char*> requests[] = {
        {"POST", "uploads"}, {"PUT", "partNumber=2"}, {"POST", "uploadId="}};
    const Act troubles[] = {answer(503), act(Act::Kind::reset), answer(200, complete_error),
                            answer(403, "<Error><Code>AccessDenied</Code></Error>")};
    for (const auto& [method, target] : requests) {
        for (const auto& what : troubles) {
            if (what.status == 200 && !what.body.empty() && std::string_view{target} != "uploadId=")
                continue;
            Trouble trouble{method, target, 1000, what};
            ScriptedHttp proxy{std::ref(trouble), server_->endpoint()};
            const auto done = put(*through(proxy), "key", pattern(3 * part));
            ASSERT_FALSE(done) << method << target;
            EXPECT_EQ(done.error().code(), what.status == 403 ? Code::denied : Code::unavailable)
                << done.error().message();
            expect_absent("key");
            EXPECT_EQ(unfinished(), 0U) << method << target << what.status;
        }
    }
}

TEST_F(S3Live, finds_out_that_a_write_whose_answers_all_got_lost_has_happened) {
    for (const std::size_t size : {std::size_t{1000}, part + 1}) {
        // Every answer to the write is lost, but HEAD gets through.
        ScriptedHttp proxy{[](const Heard& heard) {
                               const bool final_write =
                                   (heard.method == "PUT" && !heard.target_has("partNumber")) ||
                                   (heard.method == "POST" && heard.target_has("uploadId="));
                               return final_write ? act(Act::Kind::forward_then_reset) : forward();
                           },
                           server_->endpoint()};
        const auto done = put(*through(proxy), "key", pattern(size));
        EXPECT_TRUE(done) << done.error().message();
        expect_content("key", pattern(size));
    }
    EXPECT_EQ(unfinished(), 0U);
}

TEST_F(S3Live, knows_its_own_conditional_write_when_the_answer_got_lost) {
    Trouble trouble{"PUT", "once", 1, act(Act::Kind::forward_then_reset)};
    ScriptedHttp proxy{std::ref(trouble), server_->endpoint()};
    const auto store = through(proxy);
    const auto done = put(*store, "once", pattern(100), {.only_if_absent = true});
    EXPECT_TRUE(done) << done.error().message();
    EXPECT_TRUE(trouble.happened());
    const auto again = put(*store, "once", pattern(100), {.only_if_absent = true});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code(), Code::exists);
}

TEST_F(S3Live, does_not_take_anothers_object_for_its_own) {
    ASSERT_TRUE(put(*direct(), "key", pattern(1000, 1)));
    ScriptedHttp proxy{[](const Heard& heard) {
                           return heard.method == "PUT" ? act(Act::Kind::reset) : forward();
                       },
                       server_->endpoint()};
    EXPECT_FALSE(put(*through(proxy), "key", pattern(1000, 2)));
    expect_content("key", pattern(1000, 1));
}

TEST_F(S3Live, notices_an_upload_that_somebody_aborted) {
    auto store = direct();
    const auto sink = store->create("key", {});
    ASSERT_TRUE(sink);
    ASSERT_TRUE((*sink)->write(pattern(part + 1)));
    for (int i = 0; i < 200 && unfinished() == 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    EXPECT_EQ(*direct()->sweep("", std::chrono::seconds{0}), 1U);
    const auto done = (*sink)->finish();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), Code::conflict) << done.error().message();
    expect_absent("key");
}

TEST_F(S3Live, sweeps_old_uploads_of_its_prefix_page_by_page) {
    auto store =
        std::make_unique<S3Store>(server_->config(prefix_, "&list_page=2"), sys::plain_run());
    for (const char* key : {"/a/1", "/a/2", "/a/2", "/b/1", "/a/3"}) {
        const auto begun = store->client().call(
            {.what = "x", .method = "POST", .key = prefix_ + key, .query = {{"uploads", ""}}}, {});
        ASSERT_TRUE(begun) << begun.error().message();
    }
    EXPECT_EQ(*store->sweep("a/", std::chrono::hours{1}), 0U);
    EXPECT_EQ(*store->sweep("a/", std::chrono::seconds{0}), 4U);
    EXPECT_EQ(unfinished(), 1U);
    EXPECT_EQ(*store->sweep("", std::chrono::seconds{0}), 1U);
}

TEST_F(S3Live, reads_on_through_resets_and_short_answers) {
    const auto bytes = pattern(20 * MiB + 7);
    ASSERT_TRUE(put(*direct(), "key", bytes));
    std::atomic<int> number = 0;
    ScriptedHttp proxy{[&](const Heard&) {
                           const int n = ++number;
                           if (n % 3 == 0) return act(Act::Kind::reset);
                           auto cut = forward();
                           if (n % 3 == 1)
                               cut.change = [](std::string& raw) { raw.resize(raw.size() / 2); };
                           return cut;
                       },
                       server_->endpoint()};
    const auto got = get(*through(proxy), "key", bytes.size());
    ASSERT_TRUE(got) << got.error().message();
    EXPECT_TRUE(*got == bytes);
}

TEST_F(S3Live, says_so_when_the_object_is_replaced_while_it_is_read) {
    ASSERT_TRUE(put(*direct(), "key", pattern(10 * MiB, 1)));
    auto store = direct();
    const auto source = store->open("key", {});
    ASSERT_TRUE(source);
    Bytes some(1000);
    ASSERT_TRUE((*source)->read(some));
    ASSERT_TRUE(put(*direct(), "key", pattern(10 * MiB, 2)));
    const auto rest = stream::read_all(**source, 20 * MiB);
    ASSERT_FALSE(rest);
    EXPECT_EQ(rest.error().code(), Code::conflict) << rest.error().message();
    EXPECT_NE(rest.error().message().find("replaced"), std::string::npos);
}

TEST_F(S3Live, stops_a_hanging_upload_within_a_second_and_aborts_it) {
    ScriptedHttp proxy{[](const Heard& heard) {
                           return heard.target_has("partNumber") ? act(Act::Kind::hang) : forward();
                       },
                       server_->endpoint()};
    auto store = through(proxy);
    std::chrono::steady_clock::time_point begin;
    {
        const auto sink = store->create("key", {});
        ASSERT_TRUE(sink);
        std::jthread later{[&] {
            std::this_thread::sleep_for(std::chrono::milliseconds{300});
            begin = std::chrono::steady_clock::now();
            stop_.request_stop();
        }};
        Status written;
        for (int i = 0; i < 10 && written; ++i) written = (*sink)->write(pattern(part));
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code(), Code::cancelled) << written.error().message();
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{1});
    EXPECT_EQ(unfinished(), 0U);
    expect_absent("key");
}

TEST_F(S3Live, says_precisely_what_is_wrong_with_the_credentials_or_the_bucket) {
    const auto try_url = [&](const std::string& bucket, const std::string& access,
                             const std::string& secret) {
        const auto store =
            open_store("s3://" + bucket + "/x?preset=ceph&endpoint=" + server_->endpoint() +
                           "&access_key=" + access + "&secret_key=" + secret,
                       sys::plain_run());
        EXPECT_TRUE(store);
        // What has no body (HEAD) must be as clear as what has one.
        const auto seen = (*store)->stat("key");
        const auto done = put(**store, "key", pattern(10));
        EXPECT_FALSE(done || seen);
        EXPECT_EQ(done.error().code(), seen.error().code());
        EXPECT_FALSE(done.error().hint().empty());
        return done ? std::string{} : done.error().message();
    };
    const std::string access = "DSTESTACCESSKEY00000";
    const std::string secret = "dstestsecretkeydstestsecretkey0000000000";
    EXPECT_NE(try_url("contract", "WRONG", secret).find("does not know this access key"),
              std::string::npos);
    EXPECT_NE(try_url("contract", access, "wrong").find("secret key does not fit"),
              std::string::npos);
    EXPECT_NE(try_url("nosuchbucket", access, secret).find("no bucket 'nosuchbucket'"),
              std::string::npos);
}

/// A clock that is wrong.
class WrongClock final : public sys::Clock {
public:
    explicit WrongClock(std::chrono::minutes off) : off_{off} {}
    std::chrono::system_clock::time_point now() override {
        return std::chrono::system_clock::now() + off_;
    }
    bool sleep_for(std::chrono::nanoseconds, const std::stop_token& stop) override {
        return !stop.stop_requested();
    }

private:
    const std::chrono::minutes off_;
};

TEST_F(S3Live, names_the_difference_of_the_clocks) {
    for (const int off : {-40, 40}) {
        WrongClock wrong{std::chrono::minutes{off}};
        S3Store store{server_->config(prefix_), {{}, wrong, sys::no_progress()}};
        const auto done = put(store, "key", pattern(10));
        ASSERT_FALSE(done);
        const auto text = done.error().message();
        EXPECT_TRUE(text.find(" 39 min") != std::string::npos ||
                    text.find(" 40 min") != std::string::npos)
            << text;
        EXPECT_NE(text.find(off < 0 ? "behind the server's" : "ahead of the server's"),
                  std::string::npos)
            << text;
        EXPECT_NE(done.error().hint().find("NTP"), std::string::npos);
    }
}

}  // namespace
}  // namespace ds::stores::testing
