#include "engines/postgres/restore/blob_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ds::engines::postgres {
namespace {

constexpr std::size_t piece_bytes = 256 * KiB;
// One round trip for so much of SQL text, in which every byte of data takes two.
constexpr std::size_t statements_bytes_max = MiB;

}  // namespace

BlobVisitor BlobWriter::visitor() {
    return {
        .begin = [this](std::uint32_t oid) -> Status {
            oid_ = oid;
            written_ = 0;
            return {};
        },
        .data = [this](View bytes) { return data(bytes); },
        .end = [this]() -> Status {
            ++objects_;
            return put();
        },
    };
}

Status BlobWriter::data(View bytes) {
    while (!bytes.empty()) {
        const auto taken = bytes.first(std::min(bytes.size(), piece_bytes - data_.size()));
        append(data_, taken);
        bytes = bytes.subspan(taken.size());
        if (data_.size() == piece_bytes) DS_DO(put());
    }
    return {};
}

Status BlobWriter::put() {
    if (data_.empty()) return {};
    statements_ +=
        fmt::format("SELECT pg_catalog.lo_put({}::pg_catalog.oid, {}, '\\x{}'::pg_catalog.bytea);",
                    oid_, written_, to_hex(data_));
    written_ += data_.size();
    data_.clear();
    return statements_.size() < statements_bytes_max ? Status{} : flush();
}

Status BlobWriter::flush() {
    if (statements_.empty()) return {};
    DS_DO(connection_.exec(statements_));
    statements_.clear();
    return {};
}

}  // namespace ds::engines::postgres
