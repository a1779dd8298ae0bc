#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/sha256.hpp"
#include "engines/postgres/dump_format/dump_format.hpp"

/// The inside of data blocks, for DumpParser and unwrap_*(). Each reader is pushed pieces of any
/// size, says how many bytes belonged to its block, and is done() at the block's last byte.
/// `offset` is where the piece lies, for messages.
namespace ds::engines::postgres {

/// Kind byte and dump id.
class BlockHead {
public:
    static constexpr std::size_t bytes = 6;
    std::size_t push(View piece);
    bool empty() const { return filled_ == 0; }
    bool done() const { return filled_ == bytes; }
    void restart() { filled_ = 0; }
    /// The block must be of `kind` (rows or blobs).
    Status expect(SpanKind kind, std::uint64_t offset) const;
    Result<std::int32_t> dump_id(std::uint64_t offset) const;

private:
    std::array<std::byte, bytes> bytes_{};
    std::size_t filled_ = 0;
};

/// An int of the archive that may arrive in pieces.
class IntField {
public:
    /// Takes from the front of `piece`; true when the int is whole.
    bool take(View& piece);
    /// A length: a sign byte of 0 and at most 2^31 - 1.
    Result<std::uint32_t> length(std::uint64_t offset) const;
    /// pg_dump writes an oid as if it were an int, so those from 2^31 on come out negative.
    Result<std::uint32_t> oid(std::uint64_t offset) const;

private:
    std::array<std::byte, 5> bytes_{};
    std::size_t filled_ = 0;
};

/// Chunks of COPY lines up to and including the chunk of length 0.
class RowsBody {
public:
    using Payload = std::function<Status(View)>;

    /// `payload` may be empty; it is told the lines as in DumpParser::on_rows.
    explicit RowsBody(Payload payload = {}) : payload_{std::move(payload)} {}
    Result<std::size_t> push(View piece, std::uint64_t offset);
    bool done() const { return done_; }
    std::uint64_t rows() const { return rows_; }
    const RowHash& content() const { return content_; }

private:
    enum class Marker { none, held1, held2, seen };

    Payload payload_;
    IntField length_field_;
    std::uint32_t chunk_left_ = 0;
    bool done_ = false;
    bool row_open_ = false;  // a row began, its newline is still to come; its bytes are in row_
    Marker marker_ =
        Marker::none;  // held: the open row is `\` or `\.` so far, and was not told yet
    int newlines_after_marker_ = 0;
    std::uint64_t rows_ = 0;
    RowHash content_;
    RowPieces row_;

    Status chunk(View bytes, std::uint64_t offset);
    Status lines(View bytes, std::uint64_t offset);
    Status held(View& bytes);
    Status after_marker(View bytes, std::uint64_t offset);
    Status end_of_chunks(std::uint64_t offset);
    Status tell(View bytes) { return payload_ ? payload_(bytes) : Status{}; }
};

/// Large objects up to and including oid 0.
class BlobsBody {
public:
    explicit BlobsBody(BlobVisitor visitor = {}) : visitor_{std::move(visitor)} {}
    Result<std::size_t> push(View piece, std::uint64_t offset);
    bool done() const { return stage_ == Stage::done; }
    std::uint64_t objects() const { return objects_; }
    const RowHash& content() const { return content_; }

private:
    enum class Stage { oid, length, chunk, done };

    BlobVisitor visitor_;
    Stage stage_ = Stage::oid;
    IntField field_;
    std::uint32_t oid_ = 0;
    std::uint32_t chunk_left_ = 0;
    crypto::Sha256 sha_;
    std::uint64_t objects_ = 0;
    RowHash content_;

    Status begin(std::uint32_t oid);
    Status chunk(View bytes);
    Status end();
};

}  // namespace ds::engines::postgres
