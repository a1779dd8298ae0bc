#include "crypto/totp.hpp"

#include <gtest/gtest.h>

namespace ds::crypto {
namespace {

const View secret = view_of("12345678901234567890");

std::chrono::system_clock::time_point at(std::int64_t seconds) {
    return std::chrono::system_clock::time_point{std::chrono::seconds{seconds}};
}

/// RFC 6238, appendix B; the last six of its eight digits. Its last example is in the year 2603,
/// which our clock does not reach.
TEST(Totp, makes_the_codes_of_the_rfc) {
    const std::pair<std::int64_t, const char*> codes[] = {{59, "287082"},
                                                          {1'111'111'109, "081804"},
                                                          {1'111'111'111, "050471"},
                                                          {1'234'567'890, "005924"},
                                                          {2'000'000'000, "279037"}};
    for (const auto& [seconds, code] : codes)
        EXPECT_EQ(totp_code(secret, totp_step_of(at(seconds))), code) << seconds;
}

TEST(Totp, a_code_is_good_for_a_step_before_and_behind) {
    const auto now = at(1'234'567'890);
    const auto step = totp_step_of(now);
    for (const auto near : {step - 1, step, step + 1})
        EXPECT_EQ(totp_accepts(secret, totp_code(secret, near), now, 0), near);
    for (const auto far : {step - 2, step + 2})
        EXPECT_FALSE(totp_accepts(secret, totp_code(secret, far), now, 0));
    for (const char* wrong : {"", "5924", "005925", "0005924", "00592４", "00592 "})
        EXPECT_FALSE(totp_accepts(secret, wrong, now, 0)) << wrong;
}

TEST(Totp, S_12_a_code_is_good_once) {
    const auto now = at(1'234'567'890);
    const auto step = totp_step_of(now);
    const auto code = totp_code(secret, step);
    EXPECT_TRUE(totp_accepts(secret, code, now, step - 1));
    EXPECT_FALSE(totp_accepts(secret, code, now, step));
    EXPECT_FALSE(totp_accepts(secret, totp_code(secret, step - 1), now, step)) << "nor older ones";
}

/// RFC 4648, section 10.
TEST(Base32, is_that_of_the_rfc) {
    for (const auto& [plain, coded] : {std::pair{"", ""},
                                       {"f", "MY"},
                                       {"fo", "MZXQ"},
                                       {"foo", "MZXW6"},
                                       {"foob", "MZXW6YQ"},
                                       {"fooba", "MZXW6YTB"},
                                       {"foobar", "MZXW6YTBOI"}})
        EXPECT_EQ(to_base32(view_of(plain)), coded);
}

}  // namespace
}  // namespace ds::crypto
