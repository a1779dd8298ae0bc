#pragma once

#include <array>
#include <memory>
#include <string>

#include "base/bytes.hpp"

namespace ds::crypto {

using Sha256Sum = std::array<std::byte, 32>;

/// SHA-256 (FIPS 180-4) over a stream of pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void update(View bytes);
    /// The sum so far; starts over afterwards.
    Sha256Sum finish();
    std::string finish_hex();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

Sha256Sum sha256(View bytes);
std::string sha256_hex(View bytes);

}  // namespace ds::crypto
