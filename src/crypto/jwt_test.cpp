#include "crypto/jwt.hpp"

#include <gtest/gtest.h>

#include "crypto/primitives.hpp"
#include "sys/random.hpp"

namespace ds::crypto {
namespace {

using namespace std::chrono_literals;

constexpr const char* head = R"({"alg":"HS256","kid":"k1","typ":"at+jwt"})";
constexpr const char* claims =
    R"({"iss":"us","aud":"api","nbf":1800000000,"exp":1800000900,"sub":"me"})";

class Jwt : public ::testing::Test {
protected:
    const JwtKey key{"k1", Key<32>{sys::random_bytes(32)}};
    const JwtPurpose purpose{"at+jwt", "us", "api"};
    const std::chrono::system_clock::time_point now{std::chrono::seconds{1'800'000'000}};

    static std::string url(std::string_view text) {
        auto encoded = to_base64(view_of(text), false);
        for (auto& c : encoded) c = c == '+' ? '-' : c == '/' ? '_' : c;
        return encoded;
    }
    /// Any head and claims under a right signature.
    std::string with(std::string_view first, std::string_view second) const {
        const auto text = url(first) + "." + url(second);
        return text + "." + url(text_of(hmac_sha256(key.key.view(), view_of(text))));
    }
    std::string written() const { return write_jwt(key, purpose, {{"sub", "me"}}, now, 15min); }
    bool is_read(const std::string& text) const {
        const auto read = read_jwt(text, key, purpose, now);
        if (!read) EXPECT_EQ(read.error().code(), Code::unauthenticated);
        return read.has_value();
    }
};

/// The example of RFC 7515, appendix A.1: made by others, so that both sides of ours are not wrong
/// in the same way. Its key is longer than ours may be, so only the signature is compared.
TEST_F(Jwt, signs_as_the_example_of_the_rfc) {
    const auto secret = from_base64(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        false);
    ASSERT_TRUE(secret);
    const std::string text =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
        "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    EXPECT_EQ(url(text_of(hmac_sha256(*secret, view_of(text)))),
              "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST_F(Jwt, is_read_back_with_its_claims) {
    const auto text = written();
    EXPECT_EQ(jwt_key_id(text).value_or(""), "k1");
    const auto read = read_jwt(text, key, purpose, now + 14min);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->at("sub").as_string(), "me");
    EXPECT_TRUE(is_read(with(head, claims)));
}

TEST_F(Jwt, is_good_for_its_time_only) {
    EXPECT_FALSE(read_jwt(written(), key, purpose, now + 15min));
    EXPECT_FALSE(read_jwt(written(), key, purpose, now - 1min));
    EXPECT_TRUE(read_jwt(written(), key, purpose, now - 20s)) << "clocks differ a little";
}

TEST_F(Jwt, nothing_in_it_can_be_changed) {
    const auto text = written();
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto changed = text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        const auto read = read_jwt(changed, key, purpose, now);
        // The last letter of a signature has two bits that mean nothing.
        if (at + 1 < text.size()) EXPECT_FALSE(read) << at;
    }
    EXPECT_FALSE(read_jwt(text, JwtKey{"k1", Key<32>{sys::random_bytes(32)}}, purpose, now));
}

TEST_F(Jwt, a_token_does_not_choose_how_it_is_checked) {
    for (const char* other :
         {R"({"alg":"none","kid":"k1","typ":"at+jwt"})",
          R"({"alg":"hs256","kid":"k1","typ":"at+jwt"})",
          R"({"alg":"RS256","kid":"k1","typ":"at+jwt"})",
          R"({"alg":"EdDSA","kid":"k1","typ":"at+jwt"})",
          R"({"alg":["HS256"],"kid":"k1","typ":"at+jwt"})", R"({"kid":"k1","typ":"at+jwt"})",
          R"({"alg":"HS256","kid":"k2","typ":"at+jwt"})",
          R"({"alg":"HS256","kid":"k1","typ":"JWT"})",
          R"({"alg":"HS256","kid":"k1","typ":"at+jwt","crit":["exp"],"exp":1})",
          R"({"alg":"HS256","kid":"k1","typ":"at+jwt","jwk":{}})", "[]", "{", ""})
        EXPECT_FALSE(is_read(with(other, claims))) << other;
    EXPECT_FALSE(
        is_read(url(R"({"alg":"none","kid":"k1","typ":"at+jwt"})") + "." + url(claims) + "."));
}

TEST_F(Jwt, every_claim_that_is_relied_on_must_be_there_and_right) {
    for (const char* other :
         {R"({"aud":"api","nbf":1800000000,"exp":1800000900})",
          R"({"iss":"them","aud":"api","nbf":1800000000,"exp":1800000900})",
          R"({"iss":"us","aud":"web","nbf":1800000000,"exp":1800000900})",
          R"({"iss":"us","aud":["api","web"],"nbf":1800000000,"exp":1800000900})",
          R"({"iss":"us","aud":"api","nbf":1800000000})",
          R"({"iss":"us","aud":"api","exp":1800000900})",
          R"({"iss":"us","aud":"api","nbf":1800000000,"exp":"1800000900"})",
          R"({"iss":"us","aud":"api","nbf":1800000000,"exp":1.8e9})",
          R"({"iss":"us","aud":"api","nbf":1800000000,"exp":99999999999999999999})",
          R"({"iss":"us","aud":"api","nbf":1800000000,"exp":-1})"})
        EXPECT_FALSE(is_read(with(head, other))) << other;
}

TEST_F(Jwt, what_is_no_token_is_refused) {
    const auto text = written();
    for (const auto& other :
         {std::string{}, std::string{"."}, std::string{".."}, std::string{"..."}, text + ".",
          "." + text, text + "=", " " + text, text + "\n", text.substr(0, text.rfind('.')),
          std::string(jwt_bytes_max, 'A') + "..", std::string(1'000'000, '.')})
        EXPECT_FALSE(is_read(other)) << other.substr(0, 60);
}

}  // namespace
}  // namespace ds::crypto
