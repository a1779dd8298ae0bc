#include <algorithm>

#include <fmt/format.h>

#include "engines/postgres/dump_format/dump_format.hpp"
#include "engines/postgres/dump_format/dump_format_block.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t piece_bytes = 256 * KiB;

template <class Body>
Status unwrap(const ReadBytes& read, std::int32_t dump_id, SpanKind kind, Body& body) {
    BlockHead head;
    Bytes buffer(piece_bytes);
    std::uint64_t offset = 0;
    while (true) {
        DS_TRY(const auto count, read(buffer));
        if (count == 0) break;
        DS_CHECK(count <= buffer.size(), "a source gave more than there was room for");
        auto piece = View{buffer}.first(count);
        if (!head.done()) {
            piece = piece.subspan(head.push(piece));
            if (!head.done()) {
                offset += count;
                continue;
            }
            DS_DO(head.expect(kind, 0));
            DS_TRY(const auto id, head.dump_id(0));
            if (id != dump_id) {
                return fail(
                    Code::corrupt,
                    fmt::format("the data of entry {} where that of {} should be", id, dump_id));
            }
        }
        DS_TRY(const auto taken, body.push(piece, offset + count - piece.size()));
        offset += count;
        if (taken < piece.size()) return fail(Code::corrupt, "bytes after the end of a data block");
    }
    if (!body.done()) {
        return fail(Code::corrupt, fmt::format("a data block breaks off after {} bytes", offset));
    }
    return {};
}

/// Gathers the many small chunks into pieces worth sending.
class Gather {
public:
    explicit Gather(const std::function<Status(View)>& sink) : sink_{sink} {
        bytes_.reserve(piece_bytes);
    }

    Status add(View lines) {
        while (!lines.empty()) {
            const auto count = std::min(lines.size(), piece_bytes - bytes_.size());
            append(bytes_, lines.first(count));
            lines = lines.subspan(count);
            if (bytes_.size() == piece_bytes) DS_DO(flush());
        }
        return {};
    }
    Status flush() {
        if (bytes_.empty()) return {};
        DS_DO(sink_(bytes_));
        bytes_.clear();
        return {};
    }

private:
    const std::function<Status(View)>& sink_;
    Bytes bytes_;
};

}  // namespace

Status unwrap_rows(const ReadBytes& read, std::int32_t dump_id,
                   const std::function<Status(View)>& sink) {
    Gather gather{sink};
    RowsBody body{[&](View lines) { return gather.add(lines); }};
    DS_DO(unwrap(read, dump_id, SpanKind::rows, body));
    return gather.flush();
}

Status unwrap_blobs(const ReadBytes& read, std::int32_t dump_id, const BlobVisitor& visitor) {
    BlobsBody body{visitor};
    return unwrap(read, dump_id, SpanKind::blobs, body);
}

}  // namespace ds::engines::postgres
