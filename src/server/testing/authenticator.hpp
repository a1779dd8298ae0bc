#pragma once

#include "base/bytes.hpp"
#include "crypto/totp.hpp"

namespace ds::server::testing {

/// What people have on their telephones.
class Authenticator {
public:
    /// `typed`: RFC 4648 base32.
    explicit Authenticator(std::string_view typed = {}) {
        constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        std::uint32_t held = 0;
        unsigned bits = 0;
        for (const char c : typed) {
            held = held << 5 | static_cast<std::uint32_t>(letters.find(c));
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            secret_.push_back(static_cast<std::byte>(held >> bits));
        }
    }

    std::string code(std::chrono::system_clock::time_point when) const {
        return crypto::totp_code(secret_, crypto::totp_step_of(when));
    }
    const Bytes& secret() const { return secret_; }

private:
    Bytes secret_;
};

}  // namespace ds::server::testing
