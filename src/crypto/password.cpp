#include "crypto/password.hpp"

#include <array>

#include <sodium.h>

namespace ds::crypto {

Result<std::string> hash_password(std::string_view password) {
    if (password.size() > password_bytes_max)
        return fail(Code::invalid, "the password is too long", "Up to 1024 bytes.");
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const int hashed = crypto_pwhash_str_alg(
        hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
        crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    if (hashed != 0) return fail(Code::exhausted, "no memory left to hash a password");
    return std::string{hash.data()};
}

bool is_password(std::string_view password, const std::string& hash) {
    return password.size() <= password_bytes_max && hash.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ds::crypto
