#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "engines/postgres/dump_format/row_hash.hpp"
#include "engines/postgres/dump_format/toc.hpp"

/// pg_dump's custom format, as it streams by: table of contents, then one block per table or group
/// of large objects, then the end of the stream. Source: PostgreSQL
/// src/bin/pg_dump/pg_backup_custom.c.
///
/// A block: 1 byte kind (1 rows, 3 large objects), int dump id, then for rows: chunks. Large
/// objects: per object its int oid and chunks, then oid 0. Chunks: int length, bytes, … until
/// length 0. An int is a sign byte and 4 bytes little-endian. Chunks do not follow rows, though
/// pg_dump writes one per row.
namespace ds::engines::postgres {

enum class SpanKind { header, rows, blobs, trailer };
BOOST_DESCRIBE_ENUM(SpanKind, header, rows, blobs, trailer)

/// A stretch of the plaintext stream. Spans follow each other without a gap from 0 to the end. (No
/// known pg_dump writes anything after the last block, so there is no trailer span.)
struct Span {
    SpanKind kind{};
    std::int32_t dump_id = 0;  // 0 for header and trailer
    std::string object;        // "public.orders", for people; "large objects"
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    std::uint64_t rows = 0;  // COPY lines, or large objects
    std::string sha256;      // hex, over the span's bytes
    /// Hex, 128 bits: RowHash of the rows; of large objects: over oid (4 bytes LE) and SHA-256 of
    /// the content, per object; "" for header and trailer.
    std::string content;
};
BOOST_DESCRIBE_STRUCT(Span, (), (kind, dump_id, object, offset, bytes, rows, sha256, content))

struct DumpIndex {
    std::uint64_t bytes = 0;  // of the whole stream
    std::vector<Span> spans;
};
BOOST_DESCRIBE_STRUCT(DumpIndex, (), (bytes, spans))

/// The first thing in which `found` is not what was `expected`, for people: "public.orders: 10 rows
/// of 12". Nothing: they are the same to the byte.
std::optional<std::string> first_difference(const DumpIndex& expected, const DumpIndex& found);

/// Follows a dump as it streams by, in pieces of any size, with bounded memory (the table of
/// contents, never the data). Knows the COPY line end marker, which is not a row. Every structural
/// doubt is Code::corrupt, naming the offset; compressed data (pg_dump without -Z0) is
/// Code::unsupported. One thread at a time; after an error every call repeats it.
class DumpParser {
public:
    DumpParser();
    ~DumpParser();
    /// Optional: told the payload of blocks of rows, without chunk framing and end marker, in
    /// pieces of whole or partial lines (for loading rows). Large objects are not told: see
    /// unwrap_blobs(). Set before the first push.
    std::function<Status(std::int32_t dump_id, View copy_data)> on_rows;
    Status push(View bytes);
    /// The stream ended: every block that the table of contents promises was there and complete.
    Result<DumpIndex> finish();
    /// After the header went by; nullptr before.
    const Toc* toc() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Gives bytes of one block: fills up to the room, 0 at the end.
using ReadBytes = std::function<Result<std::size_t>(Room)>;

/// Reads one block of rows, as a Span delimits it, and gives its payload: COPY lines without
/// framing and without the end marker `\.`. Same strictness as DumpParser. `sink` is called with
/// pieces of whole or partial lines, at most 256 KiB each.
Status unwrap_rows(const ReadBytes& read, std::int32_t dump_id,
                   const std::function<Status(View)>& sink);

/// The same for a block of large objects: begin(oid), data…, end, per object.
struct BlobVisitor {
    std::function<Status(std::uint32_t oid)> begin;
    std::function<Status(View)> data;
    std::function<Status()> end;
};
Status unwrap_blobs(const ReadBytes& read, std::int32_t dump_id, const BlobVisitor& visitor);

}  // namespace ds::engines::postgres
