#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/dump_format/dump_format.hpp"

namespace ds::engines::postgres {

/// Fills large objects that exist and are empty, many small ones per round trip. Must be inside a
/// transaction. One thread at a time.
class BlobWriter {
public:
    explicit BlobWriter(Connection& connection) : connection_{connection} {}

    /// Refers to this object.
    BlobVisitor visitor();
    /// After the last object.
    Status finish() { return flush(); }
    std::uint64_t objects() const { return objects_; }

private:
    Connection& connection_;
    std::uint32_t oid_ = 0;
    std::uint64_t written_ = 0;  // of the current object
    std::uint64_t objects_ = 0;
    Bytes data_;  // of the current object, not in `statements_` yet
    std::string statements_;

    Status data(View bytes);
    Status put();
    Status flush();
};

}  // namespace ds::engines::postgres
