#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace ds::engines::postgres {

/// CRC-32C (Castagnoli), as in PostgreSQL's backup manifests, control file and log
/// (src/include/port/pg_crc32c.h). With the processor's own instruction where it has one.
class Crc32c {
public:
    void add(View bytes);
    std::uint32_t value() const { return state_ ^ 0xFFFFFFFFU; }

private:
    std::uint32_t state_ = 0xFFFFFFFFU;
};

std::uint32_t crc32c(View bytes);

}  // namespace ds::engines::postgres
