#include "crypto/sha256.hpp"

#include "crypto/openssl.hpp"

namespace ds::crypto {
namespace {

/// Looked up once: a fetch walks OpenSSL's providers under a lock.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    DS_CHECK(fetched != nullptr, "this OpenSSL has SHA-256");
    return fetched;
}

}  // namespace

struct Sha256::Context {
    DigestContextPtr digest{EVP_MD_CTX_new()};

    void begin() {
        DS_CHECK(EVP_DigestInit_ex2(digest.get(), algorithm(), nullptr) == 1, "SHA-256 begins");
    }
};

Sha256::Sha256() : context_{std::make_unique<Context>()} { context_->begin(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(View bytes) {
    DS_CHECK(EVP_DigestUpdate(context_->digest.get(), bytes.data(), bytes.size()) == 1,
             "SHA-256 goes on");
}

Sha256Sum Sha256::finish() {
    Sha256Sum sum;
    DS_CHECK(EVP_DigestFinal_ex(context_->digest.get(), raw(Room{sum}), nullptr) == 1,
             "SHA-256 ends");
    context_->begin();
    return sum;
}

std::string Sha256::finish_hex() { return to_hex(finish()); }

Sha256Sum sha256(View bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

std::string sha256_hex(View bytes) { return to_hex(sha256(bytes)); }

}  // namespace ds::crypto
