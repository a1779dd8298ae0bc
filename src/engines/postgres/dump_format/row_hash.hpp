#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/bytes.hpp"

namespace ds::engines::postgres {

/// Order-independent hash of a set of rows: the sum modulo 2^128 of XXH3-128 (seed 0) over each
/// COPY text line without its newline. Equal sets of rows give equal sums whatever their order. It
/// tells accidents apart, not forgeries: XXH3 is no cryptographic hash.
class RowHash {
public:
    void add(View line);
    void add_hash(std::uint64_t low, std::uint64_t high) {
        low_ += low;
        high_ += high + (low_ < low ? 1 : 0);
    }
    /// 32 hex digits, the most significant first.
    std::string hex() const;

private:
    std::uint64_t low_ = 0, high_ = 0;
};

/// One row that comes in pieces.
class RowPieces {
public:
    RowPieces();
    ~RowPieces();
    RowPieces(RowPieces&&) noexcept;
    RowPieces& operator=(RowPieces&&) noexcept;

    void push(View piece);
    /// Adds the row to `sum` and begins the next one.
    void finish(RowHash& sum);

private:
    struct Free {
        void operator()(void* state) const;
    };
    std::unique_ptr<void, Free> state_;
};

}  // namespace ds::engines::postgres
