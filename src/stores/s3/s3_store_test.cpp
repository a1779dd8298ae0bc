#include "stores/s3/s3_store.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "net/testing/fast_clock.hpp"
#include "net/testing/scripted_http.hpp"
#include "stores/testing/store_contract.hpp"

namespace ds::stores::testing {
namespace {

using namespace std::chrono_literals;
using net::testing::Act;
using net::testing::act;
using net::testing::answer;
using net::testing::Heard;
using net::testing::ScriptedHttp;
using s3::Conditional;
using s3::Config;
using s3::S3Store;

const Act created = answer(
    200,
    "<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>");
const Act completed = answer(200, "<CompleteMultipartUploadResult/>");

/// Collects warnings.
class Warnings final : public sys::Progress {
public:
    void warn(std::string_view text) override { texts.emplace_back(text); }
    std::vector<std::string> texts;
};

class S3Scripted : public ::testing::Test {
protected:
    net::testing::FastClock clock_;
    Warnings warnings_;
    std::stop_source stop_;

    Config config(const ScriptedHttp& server) const {
        Config made;
        made.bucket = "bucket";
        made.prefix = "pre/";
        made.origin = server.origin();
        made.region = "us-east-1";
        made.keys = []() -> Result<net::SigningKeys> {
            return net::SigningKeys{"a", Secret{"s"}, Secret{}};
        };
        made.part_bytes = 1000;
        return made;
    }
    sys::Run run() { return {stop_.get_token(), clock_, warnings_}; }
    S3Store store(const ScriptedHttp& server) { return S3Store{config(server), run()}; }
};

/// The happy way of an upload; HEAD tells `size`.
Act upload_script(const Heard& heard, std::size_t size) {
    if (heard.method == "HEAD") return answer(200, std::string(size, 'x'));
    if (heard.method == "POST" && heard.target_has("uploads=")) return created;
    if (heard.method == "POST") return completed;
    if (heard.method == "DELETE") return answer(204);
    return answer(
        200, "",
        {{"ETag", "\"" + heard.target.substr(heard.target.find("partNumber=") + 11, 5) + "\""}});
}

TEST_F(S3Scripted, signs_every_request_and_its_payload) {
    Heard seen;
    ScriptedHttp server{[&](const Heard& heard) {
        seen = heard;
        return answer(200);
    }};
    auto s3 = store(server);
    ASSERT_TRUE(put(s3, "a/b", view_of("hello")));
    EXPECT_EQ(seen.method, "PUT");
    EXPECT_EQ(seen.target, "/bucket/pre/a/b");
    EXPECT_EQ(seen.header("x-amz-content-sha256"),
              "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    EXPECT_TRUE(seen.header("authorization").starts_with("AWS4-HMAC-SHA256 Credential=a/"));
    EXPECT_EQ(text_of(seen.body), "hello");
    EXPECT_EQ(server.requests(), 1);
}

TEST_F(S3Scripted, cuts_into_equal_parts_but_the_last_and_completes_them_in_order) {
    std::mutex mutex;
    std::map<std::string, std::size_t> sizes;
    std::string completion;
    ScriptedHttp server{[&](const Heard& heard) {
        const std::lock_guard lock{mutex};
        if (heard.method == "PUT") sizes[heard.target] = heard.body.size();
        if (heard.method == "POST" && heard.target_has("uploadId="))
            completion = text_of(heard.body);
        return upload_script(heard, 3500);
    }};
    auto s3 = store(server);
    const auto done = put(s3, "k", pattern(3500));
    ASSERT_TRUE(done) << done.error().message();
    const std::map<std::string, std::size_t> expected{
        {"/bucket/pre/k?partNumber=1&uploadId=u%261", 1000},
        {"/bucket/pre/k?partNumber=2&uploadId=u%261", 1000},
        {"/bucket/pre/k?partNumber=3&uploadId=u%261", 1000},
        {"/bucket/pre/k?partNumber=4&uploadId=u%261", 500}};
    EXPECT_EQ(sizes, expected);
    EXPECT_LT(completion.find("<PartNumber>1<"), completion.find("<PartNumber>2<"));
    EXPECT_NE(completion.find("<PartNumber>4</PartNumber><ETag>&quot;4&amp;upl&quot;</ETag>"),
              std::string::npos)
        << completion;
}

TEST_F(S3Scripted, uses_one_request_up_to_a_whole_part) {
    ScriptedHttp server{[](const Heard& heard) { return upload_script(heard, 1000); }};
    auto s3 = store(server);
    ASSERT_TRUE(put(s3, "k", pattern(1000)));
    EXPECT_EQ(server.requests(), 1);
}

TEST_F(S3Scripted, keeps_no_more_parts_in_flight_than_told_and_waits_when_they_are_slow) {
    std::atomic<int> flying = 0;
    std::atomic<int> most = 0;
    ScriptedHttp server{[&](const Heard& heard) {
        if (heard.method == "PUT") {
            most = std::max(most.load(), ++flying);
            std::this_thread::sleep_for(20ms);
            --flying;
        }
        return upload_script(heard, 20'000);
    }};
    auto made = config(server);
    made.parallel = 2;
    S3Store s3{made, run()};
    ASSERT_TRUE(put(s3, "k", pattern(20'000)));
    EXPECT_EQ(most, 2);
}

TEST_F(S3Scripted, ends_cleanly_at_the_last_part_there_can_be) {
    std::atomic<bool> aborted = false;
    ScriptedHttp server{[&](const Heard& heard) {
        if (heard.method == "DELETE") aborted = true;
        return upload_script(heard, 10'000);
    }};
    auto made = config(server);
    made.part_bytes = 1;
    made.equal_parts = true;
    S3Store s3{made, run()};
    EXPECT_TRUE(put(s3, "k", pattern(10'000)));
    EXPECT_FALSE(aborted);
    const auto over = put(s3, "k", pattern(10'001));
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code(), Code::exhausted) << over.error().message();
    EXPECT_NE(over.error().hint().find("part_mib"), std::string::npos);
    EXPECT_TRUE(aborted);
}

TEST_F(S3Scripted, waits_as_long_as_the_server_asks) {
    ScriptedHttp server{[](const Heard& heard) {
        return heard.number <= 2 ? answer(503, "", {{"Retry-After", "33"}}) : answer(200);
    }};
    auto s3 = store(server);
    ASSERT_TRUE(put(s3, "k", pattern(10)));
    ASSERT_EQ(clock_.slept().size(), 2U);
    for (const auto slept : clock_.slept()) EXPECT_GE(slept, 33s);
}

TEST_F(S3Scripted, gives_up_after_a_while_and_says_how_often_it_tried) {
    ScriptedHttp server{[](const Heard&) { return answer(500); }};
    auto s3 = store(server);
    const auto seen = s3.list("", [](const ObjectInfo&) -> Status { return {}; });
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code(), Code::unavailable);
    EXPECT_EQ(seen.error().message(),
              "listing s3://bucket/pre: gave up after 8 attempts: the server answers 500");
    EXPECT_EQ(server.requests(), 8);
}

TEST_F(S3Scripted, does_not_repeat_what_cannot_succeed) {
    ScriptedHttp server{
        [](const Heard&) { return answer(403, "<Error><Code>AccessDenied</Code></Error>"); }};
    auto s3 = store(server);
    EXPECT_FALSE(put(s3, "k", pattern(10)));
    EXPECT_EQ(server.requests(), 1);
    EXPECT_TRUE(clock_.slept().empty());
}

TEST_F(S3Scripted, says_what_is_wrong_when_nobody_listens) {
    Config made;
    made.bucket = "bucket";
    made.origin = fmt::format("http://127.0.0.1:{}", net::testing::unused_port());
    made.region = "r";
    made.keys = []() -> Result<net::SigningKeys> {
        return net::SigningKeys{"a", Secret{"s"}, Secret{}};
    };
    S3Store s3{made, run()};
    const auto done = put(s3, "k", pattern(10));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), Code::unavailable);
    EXPECT_NE(done.error().message().find("connection refused"), std::string::npos)
        << done.error().message();
}

TEST_F(S3Scripted, takes_new_keys_when_the_old_ones_expired) {
    std::atomic<int> generation = 0;
    ScriptedHttp server{[](const Heard& heard) {
        const bool old =
            heard.header("authorization").find("Credential=key0/") != std::string::npos;
        return old ? answer(400, "<Error><Code>ExpiredToken</Code></Error>") : answer(200);
    }};
    auto made = config(server);
    made.keys = [&]() -> Result<net::SigningKeys> {
        return net::SigningKeys{"key" + std::to_string(generation++), Secret{"s"}, Secret{}};
    };
    S3Store s3{made, run()};
    const auto done = put(s3, "k", pattern(10));
    EXPECT_TRUE(done) << done.error().message();
    EXPECT_EQ(server.requests(), 2);
}

TEST_F(S3Scripted, does_not_believe_a_success_whose_size_is_wrong) {
    std::atomic<int> aborted = 0;
    ScriptedHttp server{[&](const Heard& heard) {
        if (heard.method == "DELETE") ++aborted;
        return upload_script(heard, 2999);
    }};
    auto s3 = store(server);
    const auto done = put(s3, "k", pattern(3000));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), Code::corrupt);
    EXPECT_EQ(done.error().message(), "the server holds 2999 bytes of pre/k, but 3000 were sent");
}

TEST_F(S3Scripted, does_not_believe_a_success_without_an_object) {
    ScriptedHttp server{[](const Heard& heard) {
        if (heard.method == "HEAD" || heard.method == "GET") return answer(404);
        return upload_script(heard, 0);
    }};
    auto s3 = store(server);
    const auto done = put(s3, "k", pattern(3000));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message(), "the server acknowledged pre/k but does not have it");
}

TEST_F(S3Scripted, works_with_keys_that_may_only_write) {
    ScriptedHttp server{[](const Heard& heard) {
        if (heard.method == "HEAD" || heard.method == "GET") return answer(403);
        return upload_script(heard, 0);
    }};
    auto s3 = store(server);
    const auto done = put(s3, "k", pattern(3000));
    EXPECT_TRUE(done) << done.error().message();
    EXPECT_EQ(warnings_.texts.size(), 1U);
}

TEST_F(S3Scripted, says_when_an_upload_stays_behind) {
    ScriptedHttp server{[](const Heard& heard) {
        if (heard.method == "DELETE" || heard.method == "PUT") return answer(403);
        return upload_script(heard, 0);
    }};
    auto s3 = store(server);
    EXPECT_FALSE(put(s3, "k", pattern(3000)));
    ASSERT_EQ(warnings_.texts.size(), 1U);
    EXPECT_NE(warnings_.texts[0].find("until the next sweep"), std::string::npos);
}

TEST_F(S3Scripted, asks_for_absence_only_where_the_server_honours_it) {
    for (const auto conditional : {Conditional::never, Conditional::single, Conditional::always}) {
        std::atomic<int> with_condition = 0;
        std::atomic<int> looked = 0;
        ScriptedHttp server{[&](const Heard& heard) {
            if (heard.header("if-none-match") == "*") ++with_condition;
            if (heard.method == "HEAD") ++looked;
            if ((heard.method == "HEAD" && looked == 1) || heard.method == "GET")
                return answer(404);
            return upload_script(heard, 3000);
        }};
        auto made = config(server);
        made.conditional = conditional;
        S3Store s3{made, run()};
        ASSERT_TRUE(put(s3, "k", pattern(10), {.only_if_absent = true}));
        EXPECT_EQ(with_condition, conditional == Conditional::never ? 0 : 1);
        EXPECT_EQ(looked, conditional == Conditional::never ? 1 : 0);
        with_condition = looked = 0;
        const auto large = put(s3, "k", pattern(3000), {.only_if_absent = true});
        EXPECT_EQ(with_condition, conditional == Conditional::always ? 1 : 0);
        EXPECT_EQ(s3.traits().conditional_put, conditional != Conditional::never);
    }
}

TEST_F(S3Scripted, refuses_answers_about_another_range) {
    const auto answer_range = [](const std::string& range, std::size_t bytes, int status = 206) {
        return answer(status, std::string(bytes, 'x'),
                      {{"Content-Range", range}, {"ETag", "\"1\""}});
    };
    const std::pair<const char*, Act> rows[] = {
        {"shifted", answer_range("bytes 0-99/1000", 100)},
        {"too short", answer_range("bytes 100-149/1000", 50)},
        {"too long", answer_range("bytes 100-250/1000", 151)},
        {"body differs", answer_range("bytes 100-199/1000", 99)},
        {"no range", answer(206, std::string(100, 'x'))},
        {"unreadable", answer_range("bytes */1000", 100)},
        {"backwards", answer_range("bytes 199-100/1000", 100)},
        {"total too small", answer_range("bytes 100-199/150", 100)},
        {"range ignored", answer_range("", 1000, 200)},
        {"empty total", answer_range("bytes 100-199/0", 100)},
    };
    for (const auto& row : rows) {
        const auto* name = row.first;
        ScriptedHttp server{[&](const Heard&) { return row.second; }};
        auto s3 = store(server);
        const auto source = s3.open("k", {100, 100});
        ASSERT_FALSE(source) << name;
        EXPECT_EQ(source.error().code(), Code::corrupt) << name << source.error().message();
    }
}

TEST_F(S3Scripted, refuses_a_body_larger_than_was_asked_for) {
    ScriptedHttp server{[](const Heard&) {
        return answer(206, std::string(200'000, 'x'), {{"Content-Range", "bytes 0-99/1000"}});
    }};
    auto s3 = store(server);
    const auto source = s3.open("k", {0, 100});
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code(), Code::exhausted);
}

TEST_F(S3Scripted, accepts_a_whole_small_object_for_a_range) {
    ScriptedHttp server{[](const Heard&) { return answer(200, "hello"); }};
    auto s3 = store(server);
    const auto got = get(s3, "k", 10);
    ASSERT_TRUE(got) << got.error().message();
    EXPECT_EQ(text_of(*got), "hello");
}

TEST_F(S3Scripted, binds_every_further_piece_to_the_first_ones_version) {
    ScriptedHttp server{[](const Heard& heard) {
        const auto range = heard.header("range");
        if (heard.number > 1 && heard.header("if-match") != "\"1\"") return answer(500);
        const auto dash = range.find('-');
        const auto first = std::stoull(range.substr(6, dash - 6));
        const auto last = std::min<std::uint64_t>(std::stoull(range.substr(dash + 1)), 2 * MiB - 1);
        return answer(206, std::string(last - first + 1, 'x'),
                      {{"ETag", heard.number == 1 ? "\"1\"" : "\"2\""},
                       {"Content-Range", fmt::format("bytes {}-{}/{}", first, last, 2 * MiB)}});
    }};
    auto s3 = store(server);
    const auto got = get(s3, "k", 4 * MiB);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code(), Code::conflict) << got.error().message();
}

Status list_all(S3Store& s3, std::vector<std::string>* keys = nullptr) {
    return s3.list("", [&](const ObjectInfo& info) -> Status {
        if (keys != nullptr) keys->push_back(info.key);
        return {};
    });
}

std::string page_of(const std::string& contents, const std::string& token = {}) {
    return "<ListBucketResult><EncodingType>url</EncodingType>" + contents +
           (token.empty() ? ""
                          : "<IsTruncated>true</IsTruncated><NextContinuationToken>" + token +
                                "</NextContinuationToken>") +
           "</ListBucketResult>";
}
std::string item(const std::string& key, const std::string& size = "1") {
    return "<Contents><Key>" + key + "</Key><Size>" + size +
           "</Size><LastModified>2023-11-14T22:13:20.123Z</LastModified></Contents>";
}

TEST_F(S3Scripted, follows_the_pages_of_a_listing_and_passes_over_foreign_keys) {
    ScriptedHttp server{[](const Heard& heard) {
        if (!heard.target_has("continuation-token")) {
            return answer(
                200, page_of(item("pre/a") + item("pre/") + item("pre/dir%2F") + item("pre/b%20c"),
                             "t/1+"));
        }
        return heard.target_has("continuation-token=t%2F1%2B")
                   ? answer(200, page_of(item("pre/d%2Fe", "123")))
                   : answer(500);
    }};
    auto s3 = store(server);
    std::vector<ObjectInfo> found;
    ASSERT_TRUE(s3.list("", [&](const ObjectInfo& info) -> Status {
        found.push_back(info);
        return {};
    }));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].key, "a");
    EXPECT_EQ(found[1].key, "d/e");
    EXPECT_EQ(found[1].bytes, 123U);
    EXPECT_EQ(std::chrono::system_clock::to_time_t(found[1].modified), 1'700'000'000);
}

TEST_F(S3Scripted, refuses_listings_that_make_no_sense) {
    for (const auto& body :
         {page_of(item("pre/a"), "same"), page_of(item("other/a")), page_of(item("pre/a", "-1")),
          page_of(item("pre/%zz")), std::string{"<html/>"}, std::string{"<ListBucketResult>"},
          std::string{},
          std::string{"<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"}}) {
        ScriptedHttp server{[&](const Heard&) { return answer(200, body); }};
        auto s3 = store(server);
        EXPECT_FALSE(list_all(s3)) << body;
        EXPECT_LE(server.requests(), 2);
    }
}

TEST_F(S3Scripted, measures_the_age_of_uploads_by_the_servers_clock) {
    std::atomic<int> aborted = 0;
    ScriptedHttp server{[&](const Heard& heard) {
        if (heard.method == "DELETE") {
            ++aborted;
            return answer(204);
        }
        return answer(200,
                      "<ListMultipartUploadsResult>"
                      "<Upload><Key>pre/old</Key><UploadId>1</"
                      "UploadId><Initiated>2001-01-01T00:00:00.000Z</Initiated></Upload>"
                      "<Upload><Key>pre/new</Key><UploadId>2</"
                      "UploadId><Initiated>2001-01-01T11:30:00.000Z</Initiated></Upload>"
                      "<Upload><Key>other/old</Key><UploadId>3</"
                      "UploadId><Initiated>2001-01-01T00:00:00.000Z</Initiated></Upload>"
                      "</ListMultipartUploadsResult>",
                      {{"Date", "Mon, 01 Jan 2001 12:00:00 GMT"}});
    }};
    auto s3 = store(server);
    const auto swept = s3.sweep("", 1h);
    ASSERT_TRUE(swept) << swept.error().message();
    EXPECT_EQ(*swept, 1U);
    EXPECT_EQ(aborted, 1);
}

TEST_F(S3Scripted, stops_waiting_between_attempts_when_asked) {
    ScriptedHttp server{[](const Heard&) { return answer(503, "", {{"Retry-After", "60"}}); }};
    S3Store s3{config(server), {stop_.get_token(), sys::system_clock(), warnings_}};
    std::jthread later{[&] {
        std::this_thread::sleep_for(200ms);
        stop_.request_stop();
    }};
    const auto begin = std::chrono::steady_clock::now();
    const auto done = s3.stat("k");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code(), Code::cancelled) << done.error().message();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
}

}  // namespace
}  // namespace ds::stores::testing
