#include "stores/s3/verdict.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace ds::stores::s3 {
namespace {

const auto now = std::chrono::system_clock::from_time_t(1'700'000'000);  // 2023-11-14T22:13:20Z

net::HttpResponse response(int status, const std::string& code = {}, const std::string& more = {},
                           net::Fields headers = {}) {
    net::HttpResponse made;
    made.status = status;
    made.headers = std::move(headers);
    if (!code.empty()) {
        const auto text = fmt::format(
            "<?xml version=\"1.0\"?><Error><Code>{}</Code><Message>the server's "
            "words</Message>{}</Error>",
            code, more);
        append(made.body, view_of(text));
    }
    return made;
}

Config config() {
    Config made;
    made.bucket = "bucket";
    made.region = "us-east-1";
    return made;
}

const Call object_call{.what = "x", .permission = "s3:PutObject", .key = "pre/key"};

Verdict must_judge(const net::HttpResponse& answer, const Call& call = object_call) {
    auto verdict = judge(answer, call, config(), now);
    EXPECT_TRUE(verdict);
    return verdict ? *verdict : Verdict{fail(Code::internal, "none"), false, false, {}};
}

TEST(Verdict, is_none_for_a_success) {
    EXPECT_FALSE(judge(response(200), object_call, config(), now));
    EXPECT_FALSE(judge(response(204), object_call, config(), now));
    auto tolerant = object_call;
    tolerant.fine = 416;
    EXPECT_FALSE(judge(response(416, "InvalidRange"), tolerant, config(), now));
    EXPECT_TRUE(judge(response(416, "InvalidRange"), object_call, config(), now));
}

TEST(Verdict, maps_the_words_of_s3) {
    struct Row {
        int status;
        const char* code;
        Code expected;
        bool again;
        const char* says;
    };
    const Row rows[] = {
        {404, "NoSuchKey", Code::not_found, false, "no object 'pre/key'"},
        {404, "", Code::not_found, false, "no object"},
        {404, "NoSuchBucket", Code::invalid, false, "no bucket 'bucket'"},
        {404, "NoSuchUpload", Code::conflict, false, "upload is gone"},
        {403, "AccessDenied", Code::denied, false, "access to bucket 'bucket' denied"},
        {403, "", Code::denied, false, "denied"},
        {401, "", Code::unauthenticated, false, "denied"},
        {403, "InvalidAccessKeyId", Code::unauthenticated, false, "does not know this access key"},
        {403, "SignatureDoesNotMatch", Code::unauthenticated, false, "secret key does not fit"},
        {400, "ExpiredToken", Code::unauthenticated, false, "expired"},
        {412, "PreconditionFailed", Code::exists, false, "not as expected"},
        {403, "InvalidObjectState", Code::unsupported, false, "cold archive tier"},
        {403, "QuotaExceeded", Code::exhausted, false, "full"},
        {507, "XMinioStorageFull", Code::exhausted, false, "full"},
        {400, "EntityTooLarge", Code::exhausted, false, "full"},
        {501, "NotImplemented", Code::unsupported, false, "501 NotImplemented"},
        {400, "InvalidArgument", Code::invalid, false, "400 InvalidArgument: the server's words"},
        {500, "InternalError", Code::unavailable, true, "500 InternalError"},
        {500, "", Code::unavailable, true, "500"},
        {502, "", Code::unavailable, true, "502"},
        {503, "SlowDown", Code::unavailable, true, "SlowDown"},
        {504, "", Code::unavailable, true, "504"},
        {429, "TooManyRequests", Code::unavailable, true, "429"},
        {408, "", Code::unavailable, true, "408"},
        {400, "RequestTimeout", Code::unavailable, true, "RequestTimeout"},
        {400, "BadDigest", Code::unavailable, true, "BadDigest"},
        {400, "XAmzContentSHA256Mismatch", Code::unavailable, true, "SHA256"},
        {409, "OperationAborted", Code::unavailable, true, "OperationAborted"},
        {409, "ConditionalRequestConflict", Code::unavailable, true, "Conflict"},
    };
    for (const auto& row : rows) {
        const auto verdict = must_judge(response(row.status, row.code));
        EXPECT_EQ(verdict.error.code(), row.expected) << row.status << row.code;
        EXPECT_EQ(verdict.again, row.again) << row.status << row.code;
        EXPECT_NE(verdict.error.message().find(row.says), std::string::npos)
            << verdict.error.message();
    }
}

TEST(Verdict, names_the_right_region) {
    const net::HttpResponse answers[] = {
        response(301, "PermanentRedirect", "", {{"x-amz-bucket-region", "eu-west-1"}}),
        response(301, "", "", {{"x-amz-bucket-region", "eu-west-1"}}),
        response(400, "AuthorizationHeaderMalformed", "<Region>eu-west-1</Region>"),
        response(400, "IllegalLocationConstraintException", "<Region>eu-west-1</Region>"),
    };
    for (const auto& answer : answers) {
        const auto verdict = must_judge(answer);
        EXPECT_EQ(verdict.error.code(), Code::invalid);
        EXPECT_EQ(verdict.error.message(), "bucket 'bucket' is in region eu-west-1, not us-east-1");
        EXPECT_EQ(verdict.error.hint(), "Set region=eu-west-1 in the store's URL.");
        EXPECT_FALSE(verdict.again);
    }
}

TEST(Verdict, names_where_a_redirect_leads_when_the_region_is_unknown) {
    const auto by_header =
        must_judge(response(307, "", "", {{"location", "https://other.example/x"}}));
    EXPECT_NE(by_header.error.hint().find("https://other.example/x"), std::string::npos);
    const auto by_body =
        must_judge(response(301, "PermanentRedirect", "<Endpoint>e.example</Endpoint>"));
    EXPECT_NE(by_body.error.hint().find("e.example"), std::string::npos);
    EXPECT_FALSE(must_judge(response(308)).error.hint().empty());
}

TEST(Verdict, tells_how_far_the_clocks_are_apart) {
    const auto behind = must_judge(
        response(403, "RequestTimeTooSkewed", "<ServerTime>2023-11-14T22:30:20.000Z</ServerTime>"));
    EXPECT_EQ(behind.error.message(), "this machine's clock is 17 min 0 s behind the server's");
    const auto ahead = must_judge(
        response(403, "RequestTimeTooSkewed", "", {{"date", "Tue, 14 Nov 2023 21:43:20 GMT"}}));
    EXPECT_EQ(ahead.error.message(), "this machine's clock is 30 min 0 s ahead of the server's");
    EXPECT_NE(must_judge(response(403, "RequestTimeTooSkewed")).error.message().find("differs"),
              std::string::npos);
}

TEST(Verdict, finds_the_error_inside_a_success_where_one_may_be) {
    auto completing = object_call;
    completing.error_in_body = true;
    const auto passing = must_judge(response(200, "InternalError"), completing);
    EXPECT_TRUE(passing.again);
    EXPECT_EQ(passing.error.code(), Code::unavailable);
    const auto lasting = must_judge(response(200, "AccessDenied"), completing);
    EXPECT_FALSE(lasting.again);
    const auto cut_off = must_judge(response(200), completing);
    EXPECT_TRUE(cut_off.again);
    EXPECT_EQ(cut_off.error.code(), Code::unavailable);
    auto fine = response(200);
    append(fine.body, view_of("  \n<?xml version=\"1.0\"?><CompleteMultipartUploadResult/>"));
    EXPECT_FALSE(judge(fine, completing, config(), now));
}

TEST(Verdict, passes_on_how_long_to_wait) {
    EXPECT_EQ(must_judge(response(503, "", "", {{"retry-after", "17"}})).wait,
              std::chrono::seconds{17});
    EXPECT_EQ(
        must_judge(response(503, "", "", {{"retry-after", "Tue, 14 Nov 2023 22:13:30 GMT"}})).wait,
        std::chrono::seconds{10});
    EXPECT_FALSE(must_judge(response(503, "", "", {{"retry-after", "later"}})).wait);
}

TEST(Verdict, is_not_impressed_by_hostile_answers) {
    for (const std::string& body :
         {std::string(100'000, '<'), std::string("<Error><Code>\x1b[31mred</Code></Error>"),
          std::string("\0\0\0", 3), std::string("<Error>")}) {
        auto hostile = response(500);
        append(hostile.body, view_of(body));
        const auto text = must_judge(hostile).error.message();
        EXPECT_LT(text.size(), 500U);
        EXPECT_EQ(text.find('\x1b'), std::string::npos);
    }
}

}  // namespace
}  // namespace ds::stores::s3
