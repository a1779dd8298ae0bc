#include "net/sigv4.hpp"

#include <gtest/gtest.h>

namespace ds::net {
namespace {

// The examples of "Authenticating Requests: Using the Authorization Header" in the Amazon S3 API
// reference.
const SigningKeys keys{"AKIAIOSFODNN7EXAMPLE", Secret{"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
                       Secret{}};
const SigningScope scope{"us-east-1", "s3"};
const auto day = std::chrono::system_clock::from_time_t(1369353600);  // 2013-05-24T00:00:00Z

HttpRequest example(std::string method, std::string path) {
    HttpRequest request;
    request.method = std::move(method);
    request.origin = "https://examplebucket.s3.amazonaws.com";
    request.path = std::move(path);
    return request;
}

std::string signature_of(const HttpRequest& request) {
    const auto text = request.header("Authorization").value_or("");
    const auto at = text.find("Signature=");
    return at == std::string::npos ? "" : text.substr(at + 10);
}

TEST(SignatureVersion4, signs_the_published_get_with_a_range) {
    auto request = example("GET", "/test.txt");
    request.headers.emplace_back("Range", "bytes=0-9");
    sign_v4(request, keys, scope, day);
    EXPECT_EQ(*request.header("Authorization"),
              "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
              "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
              "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(SignatureVersion4, signs_the_published_put_with_a_body) {
    auto request = example("PUT", "/test%24file.text");
    request.headers.emplace_back("Date", "Fri, 24 May 2013 00:00:00 GMT");
    request.headers.emplace_back("x-amz-storage-class", "REDUCED_REDUNDANCY");
    request.body = view_of("Welcome to Amazon S3.");
    sign_v4(request, keys, scope, day);
    EXPECT_EQ(signature_of(request),
              "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST(SignatureVersion4, signs_the_published_query_without_value) {
    auto request = example("GET", "/");
    request.query = {{"lifecycle", ""}};
    sign_v4(request, keys, scope, day);
    EXPECT_EQ(signature_of(request),
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
}

TEST(SignatureVersion4, sorts_the_query_of_the_published_listing) {
    auto request = example("GET", "/");
    request.query = {{"prefix", "J"}, {"max-keys", "2"}};
    sign_v4(request, keys, scope, day);
    EXPECT_EQ(signature_of(request),
              "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST(SignatureVersion4, signs_the_session_token_too) {
    auto request = example("GET", "/");
    auto temporary = keys;
    temporary.session_token = Secret{"token"};
    sign_v4(request, temporary, scope, day);
    EXPECT_EQ(*request.header("x-amz-security-token"), "token");
    EXPECT_NE(request.header("Authorization")->find(";x-amz-security-token,"), std::string::npos);
}

TEST(SignatureVersion4, leaves_an_implied_port_out_of_the_host) {
    auto request = example("GET", "/");
    request.origin = "https://Host.example:443";
    sign_v4(request, keys, scope, day);
    EXPECT_EQ(*request.header("host"), "host.example");
    request = example("GET", "/");
    request.origin = "http://127.0.0.1:9000";
    sign_v4(request, keys, scope, day);
    EXPECT_EQ(*request.header("host"), "127.0.0.1:9000");
}

TEST(HmacSha256, gives_the_sums_of_rfc_4231) {
    EXPECT_EQ(to_hex(hmac_sha256(view_of("Jefe"), view_of("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace ds::net
